/**
 * An AG-UI event.
 * @typedef {{ type: string, [member: string]: any }} AgentEvent
 */
/**
 * @typedef {object} RunOptions
 * @property {string} [runId] names the run; the same id attaches and never starts twice
 * @property {string} [lastEventId] cursor of the last event already seen
 * @property {AbortSignal} [signal] stops reading; the run itself goes on
 * @property {import("./http.js").PortalFetch} [fetch]
 * @property {number} [attempts] tries in a row without an event before giving up; 12
 * @property {{ base: number, limit: number }} [delays] milliseconds between tries
 * @property {number} [idleMillis] silence that counts as a cut; 45,000
 * @property {(wait: import("./agents/following.js").Wait) => void} [onWait] called
 *   when the connection was lost and before it is sought again
 */
/**
 * @callback Connect
 * @param {import("./http.js").PortalFetch} fetch
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 */
/**
 * Starts a run, or attaches to the one with this `runId`.
 * @param {RunOptions & { module: string, agent: string, input?: Record<string, unknown> }} options
 *   `input` is AG-UI's `RunAgentInput`, as far as it is known
 * @returns {AgentRun}
 */
export function runAgent({ module, agent, input, ...options }: RunOptions & {
    module: string;
    agent: string;
    input?: Record<string, unknown>;
}): AgentRun;
/**
 * Follows a run that was started elsewhere or before a reload.
 * @param {string} runId
 * @param {RunOptions} [options]
 * @returns {AgentRun}
 */
export function joinRun(runId: string, options?: RunOptions): AgentRun;
/**
 * Asks the portal to stop a run. Asking twice is harmless.
 * @param {string} runId
 * @param {import("./http.js").PortalFetch} [fetch]
 * @returns {Promise<void>}
 */
export function cancelRun(runId: string, fetch?: import("./http.js").PortalFetch): Promise<void>;
/**
 * The events of one run, each exactly once, in order, whatever happens to the
 * connection. Iteration ends after a terminal event (`RUN_FINISHED`,
 * `RUN_ERROR`) and rejects when the portal refuses or stays out of reach. While
 * there is no network it waits, and the tries are not counted.
 *
 * Where the portal no longer has what follows the cursor, it restates the run:
 * `replay` is `snapshot`, a second `RUN_STARTED` comes, and a `MESSAGES_SNAPSHOT`
 * that takes the place of what was given out before.
 */
export class AgentRun {
    /**
     * @param {string} runId
     * @param {RunOptions} options
     * @param {Connect} connect
     */
    constructor(runId: string, options: RunOptions, connect: Connect);
    /** @readonly */
    readonly runId: string;
    /** Cursor of the last event given out. @type {string | undefined} */
    lastEventId: string | undefined;
    /** How the connection that is open began. @type {"exact" | "snapshot"} */
    replay: "exact" | "snapshot";
    /** Asks the portal to stop the run; its last event still arrives. */
    cancel(): Promise<void>;
    /** @returns {AsyncGenerator<AgentEvent, void, undefined>} */
    [Symbol.asyncIterator](): AsyncGenerator<AgentEvent, void, undefined>;
    #private;
}
/**
 * An AG-UI event.
 */
export type AgentEvent = {
    type: string;
    [member: string]: any;
};
export type RunOptions = {
    /**
     * names the run; the same id attaches and never starts twice
     */
    runId?: string;
    /**
     * cursor of the last event already seen
     */
    lastEventId?: string;
    /**
     * stops reading; the run itself goes on
     */
    signal?: AbortSignal;
    fetch?: import("./http.js").PortalFetch;
    /**
     * tries in a row without an event before giving up; 12
     */
    attempts?: number;
    /**
     * milliseconds between tries
     */
    delays?: {
        base: number;
        limit: number;
    };
    /**
     * silence that counts as a cut; 45,000
     */
    idleMillis?: number;
    /**
     * called
     * when the connection was lost and before it is sought again
     */
    onWait?: (wait: import("./agents/following.js").Wait) => void;
};
export type Connect = (fetch: import("./http.js").PortalFetch, init: RequestInit) => Promise<Response>;
