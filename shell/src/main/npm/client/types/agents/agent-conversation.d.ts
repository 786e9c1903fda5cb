/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Run} Run */
/** @typedef {import("./conversation.js").Answer} Answer */
/** @typedef {"idle" | "queued" | "answering" | "stopping" | "asking" | "away"} Status */
/**
 * @typedef {object} ConversationOptions
 * @property {import("../http.js").PortalFetch} [fetch]
 * @property {readonly import("./conversation.js").Context[]} [context] AG-UI's, sent with every run
 */
/**
 * One conversation with one agent. Says what the person says, follows the run that
 * answers through cuts and reloads, and keeps what came of it as plain data.
 *
 * Fires `change`; and `append` (`detail`: `{ item, delta }`) where text was added to an
 * answer and nothing else changed.
 */
export class AgentConversation extends EventTarget {
    /**
     * @param {Conversation | { module: string, id: string, title?: string }} saved what
     *   `data` was, or the agent to begin with
     * @param {ConversationOptions} [options]
     */
    constructor(saved: Conversation | {
        module: string;
        id: string;
        title?: string;
    }, { fetch, context }?: ConversationOptions);
    /** Plain data, to be kept as JSON. @type {Conversation} */
    data: Conversation;
    get items(): import("./conversation.js").Item[];
    /** Interrupts that wait for an answer. */
    get interrupts(): import("./conversation.js").Interrupt[];
    /** @returns {Status} */
    get status(): Status;
    /** Keeps what is said from being sent until `open`: what was said before is still to come. */
    hold(): void;
    /** Follows the run that is under way, as after a reload or when it was left. */
    open(): void;
    /** Stops reading; the run itself goes on, and `open` reads on. */
    close(): void;
    /**
     * Says something. While an answer is coming, or a decision is open, it waits for
     * that; where the agent asked for words, these are the answer.
     * @param {string} text
     */
    send(text: string): void;
    /**
     * Answers an interrupt. When all are answered, the agent goes on.
     * @param {string} interruptId
     * @param {Answer | "refuse" | "once" | "always"} answer one of `decisionsOf`, or its name
     */
    answer(interruptId: string, answer: Answer | "refuse" | "once" | "always"): void;
    /** Asks again for the answer to the last message. */
    retry(): void;
    /**
     * Goes back to a message and says something else instead; what came after it goes.
     * @param {string} itemId of a message of the person
     * @param {string} text
     */
    edit(itemId: string, text: string): void;
    /**
     * Stops the run; its partial answer stays.
     * @returns {Promise<void>} rejects when the portal does not take it
     */
    stop(): Promise<void>;
    /** @param {string} [title] the person's name for it */
    rename(title?: string): void;
    /**
     * @param {string} itemId of an answer
     * @param {"up" | "down" | undefined} rating
     */
    rate(itemId: string, rating: "up" | "down" | undefined): void;
    #private;
}
export type Conversation = import("./conversation.js").Conversation;
export type Run = import("./conversation.js").Run;
export type Answer = import("./conversation.js").Answer;
export type Status = "idle" | "queued" | "answering" | "stopping" | "asking" | "away";
export type ConversationOptions = {
    fetch?: import("../http.js").PortalFetch;
    /**
     * AG-UI's, sent with every run
     */
    context?: readonly import("./conversation.js").Context[];
};
