/** @typedef {import("../run.js").AgentEvent} AgentEvent */
/** What a run has begun and not ended yet. */
export class OpenParts {
    /** @param {AgentEvent} event */
    note(event: AgentEvent): void;
    /** @returns {AgentEvent[]} what closes all that is open, the last opened first */
    close(): AgentEvent[];
    #private;
}
export type AgentEvent = import("../run.js").AgentEvent;
