/** What opens, and with which event it is closed. */
const CLOSING = {
  TEXT_MESSAGE: { end: "TEXT_MESSAGE_END", id: "messageId" },
  REASONING_MESSAGE: { end: "REASONING_MESSAGE_END", id: "messageId" },
  REASONING: { end: "REASONING_END", id: "messageId" },
  TOOL_CALL: { end: "TOOL_CALL_END", id: "toolCallId" },
  STEP: { end: "STEP_FINISHED", id: "stepName" },
};

/** @typedef {import("../run.js").AgentEvent} AgentEvent */

/** What a run has begun and not ended yet. */
export class OpenParts {
  /** Closing events by what they close, in the order of opening. @type {Map<string, AgentEvent>} */
  #open = new Map();

  /** @param {AgentEvent} event */
  note(event) {
    for (const [kind, { end, id }] of Object.entries(CLOSING)) {
      const key = `${end} ${event[id]}`;
      if (event.type === `${kind}_START` || event.type === `${kind}_STARTED`) {
        this.#open.set(key, { type: end, [id]: event[id] });
      } else if (event.type === end) {
        this.#open.delete(key);
      }
    }
  }

  /** @returns {AgentEvent[]} what closes all that is open, the last opened first */
  close() {
    const events = [...this.#open.values()].reverse();
    this.#open.clear();
    return events;
  }
}
