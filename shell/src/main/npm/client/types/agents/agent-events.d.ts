/**
 * Adds an AG-UI event to a conversation. Events it does not know change nothing.
 * @param {Conversation} conversation changed in place
 * @param {AgentEvent} event
 * @returns {Appended | null} text that was appended, when that is all that changed; null
 *   when nothing did
 */
export function applyEvent(conversation: Conversation, event: AgentEvent): Appended | null;
/**
 * Ends the run with a reason that people are told.
 * @param {Conversation} conversation
 * @param {{ text: string, code?: string | undefined, traceId?: string | undefined }} reason
 */
export function failRun(conversation: Conversation, { text, code, traceId }: {
    text: string;
    code?: string | undefined;
    traceId?: string | undefined;
}): void;
/**
 * Ends the run; what was still being written keeps what it has.
 * @param {Conversation} conversation
 * @param {import("./conversation.js").ItemStatus} status
 * @param {unknown} [usage] AG-UI's, of the whole run
 */
export function endRun(conversation: Conversation, status: import("./conversation.js").ItemStatus, usage?: unknown): void;
export type Conversation = import("./conversation.js").Conversation;
export type Item = import("./conversation.js").Item;
export type AgentEvent = import("../run.js").AgentEvent;
export type Appended = {
    item: Item;
    delta: string;
} | undefined;
