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
  #lastId = "";
  /** @type {unknown} */
  #last = null;
  #failures = 0;
  /** @type {EventSource | null} */
  #source = null;

  /** @param {string} topic */
  constructor(topic) {
    super();
    this.#topic = topic;
    this.#channel = new BroadcastChannel(`pergola-events-${topic}`);
    this.#channel.addEventListener("message", ({ data }) => {
      if (data !== null) {
        this.#hear(data);
      } else if (this.#last !== null) {
        this.#channel.postMessage(this.#last);
      }
    });
  }

  /** @param {AbortSignal} [signal] ends it */
  start(signal) {
    signal?.addEventListener("abort", () => {
      this.#source?.close();
      this.#channel.close();
    });
    // Asks whoever holds the stream.
    this.#channel.postMessage(null);
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
    if (this.#lastId !== "") {
      url.searchParams.set("last_event_id", this.#lastId);
    }
    const source = new EventSource(url);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#failures = 0;
    });
    source.addEventListener("message", ({ data, lastEventId }) => {
      const message = { lastId: lastEventId, data };
      this.#last = message;
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

  /** @param {{ lastId: string, data: string }} message */
  #hear({ lastId, data }) {
    if (lastId !== "" && lastId === this.#lastId) {
      return;
    }
    this.#lastId = lastId;
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
