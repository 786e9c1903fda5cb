/**
 * @typedef {object} AgentOptions
 * @property {string} module
 * @property {string} agent id of the agent in the manifest
 * @property {import("../http.js").PortalFetch} [fetch] `pergola.fetch` in a module
 * @property {string} [keep] name under which a reload finds the conversation again
 * @property {string} [subject] `pergola.session.subject`, for `keep`: the next person in
 *   this tab finds nothing
 * @property {readonly import("./conversation.js").Context[]} [context] what the page shows, for the agent to know; sent with every run
 */
/**
 * What a page shows of a conversation; another object after each change.
 * @typedef {object} AgentView
 * @property {readonly import("./conversation.js").Item[]} items
 * @property {import("./agent-conversation.js").Status} status
 * @property {readonly import("./conversation.js").Interrupt[]} interrupts
 * @property {number | undefined} queued place in the queue, from 1
 * @property {import("./conversation.js").Run["away"]} away why nothing is read
 * @property {string | undefined} refusal why the portal refuses for now, in its words
 */
/**
 * @param {AgentOptions} options
 * @returns {AgentConversation}
 */
export function conversationOf({ module, agent, keep, subject, ...more }: AgentOptions): AgentConversation;
/**
 * @param {AgentConversation} conversation
 * @returns {AgentView}
 */
export function viewOf({ data, status }: AgentConversation): AgentView;
/**
 * Calls back after changes, once a frame however many there were.
 * @param {AgentConversation} conversation
 * @param {() => void} changed
 * @returns {() => void} ends it
 */
export function watch(conversation: AgentConversation, changed: () => void): () => void;
export type AgentOptions = {
    module: string;
    /**
     * id of the agent in the manifest
     */
    agent: string;
    /**
     * `pergola.fetch` in a module
     */
    fetch?: import("../http.js").PortalFetch;
    /**
     * name under which a reload finds the conversation again
     */
    keep?: string;
    /**
     * `pergola.session.subject`, for `keep`: the next person in
     * this tab finds nothing
     */
    subject?: string;
    /**
     * what the page shows, for the agent to know; sent with every run
     */
    context?: readonly import("./conversation.js").Context[];
};
/**
 * What a page shows of a conversation; another object after each change.
 */
export type AgentView = {
    items: readonly import("./conversation.js").Item[];
    status: import("./agent-conversation.js").Status;
    interrupts: readonly import("./conversation.js").Interrupt[];
    /**
     * place in the queue, from 1
     */
    queued: number | undefined;
    /**
     * why nothing is read
     */
    away: import("./conversation.js").Run["away"];
    /**
     * why the portal refuses for now, in its words
     */
    refusal: string | undefined;
};
import { AgentConversation } from "./agent-conversation.js";
