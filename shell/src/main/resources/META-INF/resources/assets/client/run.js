import { backoff } from "./backoff.js";
import { createFetch } from "./http.js";
import { ProblemError } from "./problem.js";
import { SseParser, messagesOf } from "./sse.js";

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
 */

const TERMINAL = new Set(["RUN_FINISHED", "RUN_ERROR"]);
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

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
 * `RUN_ERROR`) and rejects when the portal refuses or stays out of reach.
 */
export class AgentRun {
  #options;
  #connect;
  /** @type {Set<string>} */
  #seen = new Set();

  /**
   * @param {string} runId
   * @param {RunOptions} options
   * @param {(fetch: import("./http.js").PortalFetch, init: RequestInit) => Promise<Response>} connect
   */
  constructor(runId, options, connect) {
    /** @readonly */
    this.runId = runId;
    /** Cursor of the last event given out. @type {string | undefined} */
    this.lastEventId = options.lastEventId;
    this.#options = { ...options, fetch: options.fetch ?? createFetch() };
    this.#connect = connect;
  }

  /** Asks the portal to stop the run; its last event still arrives. */
  cancel() {
    return cancelRun(this.runId, this.#options.fetch);
  }

  /** @returns {AsyncGenerator<AgentEvent, void, undefined>} */
  async *[Symbol.asyncIterator]() {
    const {
      attempts = 12,
      delays = { base: 250, limit: 15_000 },
      signal,
    } = this.#options;
    for (let failures = 0; ;) {
      const parser = new SseParser();
      try {
        for await (const event of this.#once(parser)) {
          failures = 0;
          yield event;
          if (TERMINAL.has(event.type)) {
            return;
          }
        }
        if (this.#over) {
          return;
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!mayPass(error) || failures + 1 >= attempts) {
          throw error;
        }
      }
      failures += 1;
      if (failures >= attempts) {
        throw new TypeError("stream: ends without a terminal event");
      }
      const base = parser.retry ?? delays.base;
      await backoff(
        failures,
        { base, limit: Math.max(base, delays.limit) },
        signal,
      );
    }
  }

  #over = false;

  /**
   * Events of one connection that were not seen before.
   * @param {SseParser} parser
   * @returns {AsyncGenerator<AgentEvent, void, undefined>}
   */
  async *#once(parser) {
    const { fetch, signal, idleMillis } = this.#options;
    /** @type {Record<string, string>} */
    const headers = { accept: "text/event-stream" };
    if (this.lastEventId !== undefined) {
      headers["last-event-id"] = this.lastEventId;
    }
    const response = await this.#connect(fetch, {
      headers,
      signal: signal ?? null,
      cache: "no-store",
    });
    if (response.status === 204 || response.body === null) {
      this.#over = true;
      return;
    }
    const isStream = response.headers
      .get("content-type")
      ?.startsWith("text/event-stream");
    if (!isStream) {
      throw new ProblemError(response.status, {
        title: "Not an event stream",
      });
    }
    for await (const message of messagesOf(response.body, parser, idleMillis)) {
      if (message.id !== null && this.#seen.has(message.id)) {
        continue;
      }
      const event = JSON.parse(message.data);
      if (message.id !== null) {
        this.#seen.add(message.id);
        this.lastEventId = message.id;
      }
      yield event;
    }
  }
}

/** @param {unknown} error */
function mayPass(error) {
  if (error instanceof ProblemError) {
    return PASSING.has(error.status);
  }
  // What fetch and a broken body reject with: TypeError, or a DOMException on HTTP/2 resets.
  return (
    error instanceof TypeError ||
    (error instanceof DOMException && error.name === "NetworkError")
  );
}
