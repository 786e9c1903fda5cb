/** Longest time between two looks at the clock. */
const LOOK_MILLIS = 5_000;
/** Silence that counts as a cut when a tab is shown again: longer than a heartbeat. */
const WAKE_MILLIS = 20_000;

/**
 * Tells a connection that is silent from one that is gone. Looks at the clock instead
 * of waiting for a timer: timers stand still while a laptop sleeps. A network that
 * comes back counts as a cut, too: what was connected before it left seldom is.
 */
export class Pulse {
  #last = Date.now();
  #idleMillis;
  #onCut;
  #timer;
  #listening = new AbortController();
  /** Why the connection counts as cut. @type {TypeError | null} */
  #reason = null;

  /**
   * @param {number} idleMillis silence, heartbeats included, that counts as a cut
   * @param {() => void} onCut called once; ends the connection
   */
  constructor(idleMillis, onCut) {
    this.#idleMillis = idleMillis;
    this.#onCut = onCut;
    const { signal } = this.#listening;
    const look = () => this.#look(this.#idleMillis);
    const wake = () => this.#look(Math.min(WAKE_MILLIS, this.#idleMillis));
    this.#timer = setInterval(look, Math.min(LOOK_MILLIS, idleMillis));
    // Outside of browsers there are no such events.
    globalThis.addEventListener?.("pageshow", wake, { signal });
    globalThis.document?.addEventListener("visibilitychange", wake, { signal });
    globalThis.addEventListener?.(
      "online",
      () => this.#cut("the network changed"),
      { signal },
    );
  }

  /** Something came. */
  beat() {
    this.#last = Date.now();
  }

  stop() {
    clearInterval(this.#timer);
    this.#listening.abort();
  }

  throwIfCut() {
    if (this.#reason !== null) {
      throw this.#reason;
    }
  }

  /** @param {number} limit milliseconds */
  #look(limit) {
    if (Date.now() - this.#last >= limit) {
      this.#cut("silent for too long");
    }
  }

  /** @param {string} reason */
  #cut(reason) {
    this.stop();
    if (this.#reason === null) {
      this.#reason = new TypeError(`stream: ${reason}`);
      this.#onCut();
    }
  }
}
