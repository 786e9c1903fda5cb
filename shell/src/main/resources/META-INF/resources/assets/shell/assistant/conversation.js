/**
 * @typedef {"waiting" | "streaming" | "done" | "stopped" | "failed"} ItemStatus
 */
/**
 * One thing in a conversation: a message, the use of a tool, or why an answer
 * did not come.
 * @typedef {object} Item
 * @property {string} id
 * @property {"user" | "assistant" | "tool" | "error"} kind
 * @property {string} text message or reason; name of a tool
 * @property {ItemStatus} status
 * @property {string} [args] of a tool, as JSON
 * @property {string} [result] of a tool
 * @property {number} [startedAt] milliseconds since 1970
 * @property {number} [endedAt]
 */
/**
 * @typedef {object} Run
 * @property {string} runId
 * @property {Record<string, unknown>} input what was sent; the same again attaches
 * @property {string} [lastEventId] cursor of the last event in `items`
 * @property {boolean} stopping whether the person asked it to stop
 */
/**
 * @typedef {object} Conversation
 * @property {string} id
 * @property {{ module: string, id: string, title: string }} agent
 * @property {Item[]} items
 * @property {Run | null} run the one that is under way
 */

/**
 * @param {{ module: string, id: string, title?: string }} agent
 * @returns {Conversation}
 */
export function newConversation({ module, id, title = id }) {
  return {
    id: crypto.randomUUID(),
    agent: { module, id, title },
    items: [],
    run: null,
  };
}

/**
 * Messages as an agent gets them: finished ones, oldest first.
 * @param {Conversation} conversation
 */
export function historyOf({ items }) {
  return items
    .filter(
      ({ kind, status, text }) =>
        (kind === "user" || kind === "assistant") &&
        status !== "waiting" &&
        text !== "",
    )
    .map(({ id, kind, text }) => ({ id, role: kind, content: text }));
}
