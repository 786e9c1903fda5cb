import { createFetch } from "./http.js";

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
export function runAgent({ module, agent, input = {}, ...options }) {
  const runId = options.runId ?? String(input.runId ?? crypto.randomUUID());
  const body = JSON.stringify({
    threadId: runId,
    messages: [],
    tools: [],
    context: [],
    state: {},
    forwardedProps: {},
    ...input,
    runId,
  });
  const path = `/agents/${encodeURIComponent(module)}/${encodeURIComponent(agent)}/runs`;
  return new AgentRun(runId, options, (fetch, init) =>
    fetch(path, {
      ...init,
      method: "POST",
      body,
      headers: { ...init.headers, "content-type": "application/json" },
    }),
  );
}

/**
 * Follows a run that was started elsewhere or before a reload.
 * @param {string} runId
 * @param {RunOptions} [options]
 * @returns {AgentRun}
 */
export function joinRun(runId, options = {}) {
  const path = `/agents/runs/${encodeURIComponent(runId)}/events`;
  return new AgentRun(runId, options, (fetch, init) => fetch(path, init));
}

/**
 * Asks the portal to stop a run. Asking twice is harmless.
 * @param {string} runId
 * @param {import("./http.js").PortalFetch} [fetch]
 * @returns {Promise<void>}
 */
export async function cancelRun(runId, fetch = createFetch()) {
  await fetch(`/agents/runs/${encodeURIComponent(runId)}/cancel`, {
    method: "POST",
  });
}

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
  #options;
  #connect;

  /**
   * @param {string} runId
   * @param {RunOptions} options
   * @param {Connect} connect
   */
  constructor(runId, options, connect) {
    /** @readonly */
    this.runId = runId;
    /** Cursor of the last event given out. @type {string | undefined} */
    this.lastEventId = options.lastEventId;
    /** How the connection that is open began. @type {"exact" | "snapshot"} */
    this.replay = "exact";
    this.#options = { ...options, fetch: options.fetch ?? createFetch() };
    this.#connect = connect;
  }

  /** Asks the portal to stop the run; its last event still arrives. */
  cancel() {
    return cancelRun(this.runId, this.#options.fetch);
  }

  /** @returns {AsyncGenerator<AgentEvent, void, undefined>} */
  async *[Symbol.asyncIterator]() {
    // A page that asks no agent does without.
    const { Following } = await import("./agents/following.js");
    yield* new Following(this, this.#options, this.#connect).events();
  }
}
