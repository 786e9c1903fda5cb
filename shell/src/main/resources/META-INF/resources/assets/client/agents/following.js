import { backoff, isOffline, untilOnline } from "./backoff.js";
import { ProblemError } from "../problem.js";
import { Pulse } from "../pulse.js";
import { isPassing } from "./refusals.js";
import { SseParser, messagesOf } from "../sse.js";

/** @typedef {import("../run.js").AgentEvent} AgentEvent */
/**
 * @typedef {object} Wait
 * @property {number} failures tries in a row; 0 while there was no network
 * @property {boolean} isOffline
 * @property {ProblemError} [problem] why the portal refuses for now
 */

/** Ids that are remembered: a server repeats what is near the cursor, if anything. */
const REMEMBERED = 4096;

const TERMINAL = new Set(["RUN_FINISHED", "RUN_ERROR"]);

/** The reading of one run, over as many connections as it takes. */
export class Following {
  #run;
  #options;
  #connect;
  /** @type {Set<string>} */
  #seen = new Set();
  #isOver = false;

  /**
   * @param {import("../run.js").AgentRun} run its cursor moves along
   * @param {import("../run.js").RunOptions & { fetch: import("../http.js").PortalFetch }} options
   * @param {import("../run.js").Connect} connect
   */
  constructor(run, options, connect) {
    this.#run = run;
    this.#options = options;
    this.#connect = connect;
    if (run.lastEventId !== undefined) {
      this.#seen.add(run.lastEventId);
    }
  }

  /** @returns {AsyncGenerator<AgentEvent, void, undefined>} */
  async *events() {
    const { attempts = 12, signal } = this.#options;
    for (let failures = 0; ;) {
      signal?.throwIfAborted();
      const parser = new SseParser();
      /** @type {unknown} */
      let cause = new TypeError("stream: ends without a terminal event");
      try {
        for await (const event of this.#once(parser)) {
          failures = 0;
          yield event;
          if (TERMINAL.has(event.type)) {
            return;
          }
        }
        if (this.#isOver) {
          return;
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!isPassing(error)) {
          throw error;
        }
        cause = error;
      }
      failures += isOffline() ? 0 : 1;
      if (failures >= attempts) {
        throw cause;
      }
      await this.#wait(failures, cause, parser.retry);
    }
  }

  /**
   * @param {number} failures
   * @param {unknown} cause
   * @param {number | null} retry milliseconds the stream asked for
   */
  async #wait(failures, cause, retry) {
    const {
      delays = { base: 250, limit: 15_000 },
      onWait,
      signal,
    } = this.#options;
    const problem = cause instanceof ProblemError ? { problem: cause } : {};
    onWait?.({ failures, isOffline: isOffline(), ...problem });
    if (isOffline()) {
      return untilOnline(signal);
    }
    const base = retry ?? delays.base;
    const limit = Math.max(base, delays.limit);
    const atLeast = cause instanceof ProblemError ? cause.retryAfter * 1000 : 0;
    return backoff(failures, { base, limit, atLeast }, signal);
  }

  /**
   * Events of one connection that were not seen before.
   * @param {SseParser} parser
   * @returns {AsyncGenerator<AgentEvent, void, undefined>}
   */
  async *#once(parser) {
    const cursor = this.#run.lastEventId;
    const response = await this.#open();
    if (response.status === 204 || response.body === null) {
      this.#isOver = true;
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
    this.#run.replay = isRestated(response) ? "snapshot" : "exact";
    if (this.#run.replay === "snapshot") {
      this.#seen.clear();
    }
    const { idleMillis } = this.#options;
    const messages = messagesOf(response.body, parser, idleMillis);
    for await (const { id, data } of messages) {
      const event = JSON.parse(data);
      // What restates a run has the id of the place that was lost.
      const isRestating = this.#run.replay === "snapshot" && id === cursor;
      const isKnown = id !== null && !isRestating && this.#seen.has(id);
      if (isKnown && !isSignedOut(event)) {
        continue;
      }
      if (id !== null) {
        this.#remember(id);
      }
      yield event;
    }
  }

  /** Connects; an answer that does not come in time counts as a cut. */
  async #open() {
    const { fetch, signal, idleMillis = 45_000 } = this.#options;
    /** @type {Record<string, string>} */
    const headers = { accept: "text/event-stream" };
    if (this.#run.lastEventId !== undefined) {
      headers["last-event-id"] = this.#run.lastEventId;
    }
    const hurried = new AbortController();
    const pulse = new Pulse(idleMillis, () => hurried.abort());
    const signals = [hurried.signal, ...(signal ? [signal] : [])];
    try {
      return await this.#connect(fetch, {
        headers,
        signal: AbortSignal.any(signals),
        cache: "no-store",
      });
    } catch (error) {
      pulse.throwIfCut();
      throw error;
    } finally {
      pulse.stop();
    }
  }

  /** @param {string} id */
  #remember(id) {
    this.#run.lastEventId = id;
    this.#seen.add(id);
    if (this.#seen.size > REMEMBERED) {
      const [oldest] = this.#seen;
      this.#seen.delete(/** @type {string} */ (oldest));
    }
  }
}

/** @param {Response} response */
function isRestated(response) {
  return response.headers.get("pergola-replay") === "snapshot";
}

/**
 * Whether it says that the session ended, which has the id of what came before.
 * @param {AgentEvent} event
 */
function isSignedOut({ type, name }) {
  return type === "CUSTOM" && name === "pergola.signed-out";
}
