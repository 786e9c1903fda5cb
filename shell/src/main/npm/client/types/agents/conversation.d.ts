/**
 * `waiting`: a message that is sent after the answer that is coming, or a step that
 * waits for the person.
 * @typedef {"waiting" | "streaming" | "done" | "stopped" | "failed" | "refused"} ItemStatus
 */
/**
 * One thing in a conversation: a message, a step the agent takes with a tool, a
 * question of the agent, or why an answer did not come.
 * @typedef {object} Item
 * @property {string} id
 * @property {"user" | "assistant" | "tool" | "question" | "error"} kind
 * @property {string} [name] what the agent calls it, where an earlier item has that for its id
 * @property {string} text message, reason or question; name of a tool
 * @property {ItemStatus} status
 * @property {string} [sentence] what a step does, in the agent's words
 * @property {string} [args] of a tool, as JSON
 * @property {string} [result] of a tool
 * @property {number} [startedAt] milliseconds since 1970
 * @property {number} [endedAt]
 * @property {Usage} [usage] what the runs of this answer used
 * @property {string} [code] of an error: AG-UI's, or the problem's type
 * @property {string} [traceId] of an error: what to name when asking for help
 * @property {"up" | "down"} [rating] what the person thinks of an answer
 * @property {boolean} [restored] whether it came from the portal's memory and not from
 *   a run: a run that tells it again begins anew
 */
/** @typedef {{ inputTokens: number, outputTokens: number }} Usage */
/**
 * What an agent needs from the person before it goes on: AG-UI's `Interrupt`.
 * @typedef {object} Interrupt
 * @property {string} id
 * @property {string} reason
 * @property {string} [message]
 * @property {string} [toolCallId]
 * @property {Record<string, any>} [responseSchema]
 * @property {string} [expiresAt]
 * @property {Record<string, any>} [metadata]
 * @property {Answer} [answer] what the person said, until all are answered
 */
/** @typedef {{ status: "resolved" | "cancelled", payload?: unknown }} Answer */
/**
 * @typedef {object} Run
 * @property {string} runId
 * @property {Record<string, unknown>} [input] what was sent; the same again attaches.
 *   Absent where another tab started the run
 * @property {string} [lastEventId] cursor of the last event in `items`
 * @property {boolean} stopping whether the person asked it to stop
 * @property {number} [queued] place in the queue, from 1
 * @property {"offline" | "lost" | "refused" | "left"} [away] why nothing is read: the
 *   connection is sought again, the portal refuses for now, or it is left until somebody
 *   opens the conversation
 * @property {string} [refusal] in the portal's words
 * @property {Interrupt[]} [answers] what the run answers, until it has begun
 */
/** @typedef {{ description: string, value: string }} Context what an agent should know */
/** @typedef {{ module: string, id: string, title: string }} AgentName */
/**
 * @typedef {object} Conversation
 * @property {string} id also the AG-UI `threadId`
 * @property {AgentName} agent
 * @property {Item[]} items
 * @property {Interrupt[]} interrupts that are open
 * @property {Run | null} run the one that is under way
 * @property {string} [title] the person's name for it
 * @property {number} updatedAt milliseconds since 1970
 */
/**
 * @param {{ module: string, id: string, title?: string }} agent
 * @param {string} [threadId]
 * @returns {Conversation}
 */
export function newConversation({ module, id, title }: {
    module: string;
    id: string;
    title?: string;
}, threadId?: string): Conversation;
/**
 * Messages as an agent gets them, AG-UI's, oldest first: what was said, and the steps
 * that came to a result or wait for an answer. Results that are too much for a request
 * are cut, and older steps left out.
 * @param {Conversation} conversation
 * @returns {object[]}
 */
export function historyOf({ items, interrupts }: Conversation): object[];
/**
 * `waiting`: a message that is sent after the answer that is coming, or a step that
 * waits for the person.
 */
export type ItemStatus = "waiting" | "streaming" | "done" | "stopped" | "failed" | "refused";
/**
 * One thing in a conversation: a message, a step the agent takes with a tool, a
 * question of the agent, or why an answer did not come.
 */
export type Item = {
    id: string;
    kind: "user" | "assistant" | "tool" | "question" | "error";
    /**
     * what the agent calls it, where an earlier item has that for its id
     */
    name?: string;
    /**
     * message, reason or question; name of a tool
     */
    text: string;
    status: ItemStatus;
    /**
     * what a step does, in the agent's words
     */
    sentence?: string;
    /**
     * of a tool, as JSON
     */
    args?: string;
    /**
     * of a tool
     */
    result?: string;
    /**
     * milliseconds since 1970
     */
    startedAt?: number;
    endedAt?: number;
    /**
     * what the runs of this answer used
     */
    usage?: Usage;
    /**
     * of an error: AG-UI's, or the problem's type
     */
    code?: string;
    /**
     * of an error: what to name when asking for help
     */
    traceId?: string;
    /**
     * what the person thinks of an answer
     */
    rating?: "up" | "down";
    /**
     * whether it came from the portal's memory and not from
     * a run: a run that tells it again begins anew
     */
    restored?: boolean;
};
export type Usage = {
    inputTokens: number;
    outputTokens: number;
};
/**
 * What an agent needs from the person before it goes on: AG-UI's `Interrupt`.
 */
export type Interrupt = {
    id: string;
    reason: string;
    message?: string;
    toolCallId?: string;
    responseSchema?: Record<string, any>;
    expiresAt?: string;
    metadata?: Record<string, any>;
    /**
     * what the person said, until all are answered
     */
    answer?: Answer;
};
export type Answer = {
    status: "resolved" | "cancelled";
    payload?: unknown;
};
export type Run = {
    runId: string;
    /**
     * what was sent; the same again attaches.
     * Absent where another tab started the run
     */
    input?: Record<string, unknown>;
    /**
     * cursor of the last event in `items`
     */
    lastEventId?: string;
    /**
     * whether the person asked it to stop
     */
    stopping: boolean;
    /**
     * place in the queue, from 1
     */
    queued?: number;
    /**
     * why nothing is read: the
     * connection is sought again, the portal refuses for now, or it is left until somebody
     * opens the conversation
     */
    away?: "offline" | "lost" | "refused" | "left";
    /**
     * in the portal's words
     */
    refusal?: string;
    /**
     * what the run answers, until it has begun
     */
    answers?: Interrupt[];
};
/**
 * what an agent should know
 */
export type Context = {
    description: string;
    value: string;
};
export type AgentName = {
    module: string;
    id: string;
    title: string;
};
export type Conversation = {
    /**
     * also the AG-UI `threadId`
     */
    id: string;
    agent: AgentName;
    items: Item[];
    /**
     * that are open
     */
    interrupts: Interrupt[];
    /**
     * the one that is under way
     */
    run: Run | null;
    /**
     * the person's name for it
     */
    title?: string;
    /**
     * milliseconds since 1970
     */
    updatedAt: number;
};
