/** @typedef {import("./agent-conversation.js").AgentConversation} AgentConversation */
/** @typedef {{ addController(controller: object): void, requestUpdate(): void }} Host */
/**
 * A conversation with an agent, for a Lit element: the element renders again when
 * something changed. It is followed while the element is in a document; the run itself
 * goes on without it.
 */
export class AgentController {
    /**
     * @param {Host} host a `LitElement`
     * @param {import("./view.js").AgentOptions} options
     */
    constructor(host: Host, options: import("./view.js").AgentOptions);
    /** @readonly */
    readonly conversation: import("./agent-conversation.js").AgentConversation;
    hostConnected(): void;
    hostDisconnected(): void;
    get items(): import("./conversation.js").Item[];
    get status(): import("./agent-conversation.js").Status;
    get interrupts(): import("./conversation.js").Interrupt[];
    /** Place in the queue, from 1. */
    get queued(): number | undefined;
    /** Why nothing is read. */
    get away(): "left" | "offline" | "refused" | "lost" | undefined;
    /** Why the portal refuses for now, in its words. */
    get refusal(): string | undefined;
    /** Reads on what was left. */
    open(): void;
    /** @param {string} text */
    send(text: string): void;
    stop(): Promise<void>;
    retry(): void;
    /**
     * @param {string} interruptId
     * @param {Parameters<AgentConversation["answer"]>[1]} answer
     */
    answer(interruptId: string, answer: Parameters<AgentConversation["answer"]>[1]): void;
    #private;
}
export type AgentConversation = import("./agent-conversation.js").AgentConversation;
export type Host = {
    addController(controller: object): void;
    requestUpdate(): void;
};
