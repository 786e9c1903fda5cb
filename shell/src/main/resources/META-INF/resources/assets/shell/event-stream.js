/**
 * @typedef {{ id?: string, topic: string, type: string, ref?: any }} PortalEvent
 */

const RETRY_MILLIS = { first: 1000, limit: 30_000 };

/**
 * What the portal tells this browser. All tabs share one stream, as a browser
 * opens only six connections to an HTTP/1.1 server: one tab holds it (Web
 * Locks) and tells the others, who come later the last. The server says first how
 * things are, and after a cut what was missed. Fires `event`.
 */
export class EventStream extends EventTarget {
  #topic;
  #channel;
  /** Where tabs ask; those of an earlier build read every message as an event. */
  #asks;
  /** @type {{ lastId: string, data: string } | null} */
  #last = null;
  #failures = 0;
  /** @type {EventSource | null} */
  #source = null;

  /** @param {string} topic */
  constructor(topic) {
    super();
    this.#topic = topic;
    this.#channel = new BroadcastChannel(`pergola-events-${topic}`);
    this.#channel.addEventListener("message", ({ data }) => this.#hear(data));
    this.#asks = new BroadcastChannel(`pergola-asks-${topic}`);
    this.#asks.addEventListener("message", () => this.#tell());
  }

  /** @param {AbortSignal} [signal] ends it */
  start(signal) {
    signal?.addEventListener("abort", () => {
      this.#source?.close();
      this.#channel.close();
      this.#asks.close();
    });
    this.#asks.postMessage(null);
    if (navigator.locks === undefined) {
      this.#open();
      return;
    }
    // Held as long as the tab lives; the next tab in line takes over then.
    const held = () => {
      this.#open();
      return new Promise((resolve) =>
        signal?.addEventListener("abort", () => resolve(undefined)),
      );
    };
    const options = { ...(signal && { signal }) };
    navigator.locks
      .request(`pergola-events-${this.#topic}`, options, held)
      .catch(() => {});
  }

  #open() {
    const url = new URL("/.well-known/mercure", location.origin);
    url.searchParams.set("topic", this.#topic);
    if (this.#last?.lastId) {
      url.searchParams.set("last_event_id", this.#last.lastId);
    }
    const source = new EventSource(url);
    this.#source = source;
    // Who asked after the tab before was gone has no answer yet.
    this.#tell();
    source.addEventListener("open", () => {
      this.#failures = 0;
    });
    source.addEventListener("message", ({ data, lastEventId }) => {
      const message = { lastId: lastEventId, data };
      this.#channel.postMessage(message);
      this.#hear(message);
    });
    source.addEventListener("error", () => {
      // Closed for good, as after a 503: the browser does not come back by itself.
      if (source.readyState === EventSource.CLOSED) {
        this.#failures += 1;
        setTimeout(() => this.#open(), retryDelay(this.#failures));
      }
    });
  }

  /** Tells the other tabs what came last, where this one holds the stream. */
  #tell() {
    if (this.#source !== null && this.#last !== null) {
      this.#channel.postMessage(this.#last);
    }
  }

  /** @param {{ lastId: string, data: string }} message */
  #hear({ lastId, data }) {
    if (lastId !== "" && lastId === this.#last?.lastId) {
      return;
    }
    this.#last = { lastId, data };
    const detail = JSON.parse(data);
    this.dispatchEvent(new CustomEvent("event", { detail }));
  }
}

/** @param {number} failures */
function retryDelay(failures) {
  const { first, limit } = RETRY_MILLIS;
  const ceiling = Math.min(limit, first * 2 ** (failures - 1));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
