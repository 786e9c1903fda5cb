/**
 * A conversation that a reload finds again: kept in this tab under a name, for this
 * agent and person.
 * @param {string} name
 * @param {{ module: string, id: string, title?: string }} agent of a new conversation
 * @param {import("./agent-conversation.js").ConversationOptions & { subject?: string, storage?: Storage }} [options]
 *   `subject` is `pergola.session.subject`: the next person in this tab finds nothing
 * @returns {AgentConversation}
 */
export function keepConversation(name: string, agent: {
    module: string;
    id: string;
    title?: string;
}, options?: import("./agent-conversation.js").ConversationOptions & {
    subject?: string;
    storage?: Storage;
}): AgentConversation;
import { AgentConversation } from "./agent-conversation.js";
