import { make } from "./dom.js";
import { moduleOfError } from "./attribution.js";
import { ModuleFailure } from "./failure.js";
import { countIn, countOut } from "./forgotten.js";
import { loadModule } from "./formats.js";
import { thePortal } from "./portal.js";

/** One version of a module in one place, from loading to unmounting. */
export class Mounting {
  #life = new AbortController();
  /** @type {import("./formats.js").Mounted | null} */
  #mounted = null;

  /**
   * @param {import("./target.js").Target} target
   * @param {HTMLElement} host
   */
  constructor(target, host) {
    this.target = target;
    this.host = host;
    /** Whether its files arrived and ran; another try need not fetch them then. */
    this.isLoaded = false;
    this.container = make("div", {
      "data-pergola-mount": `${target.module}@${target.version}`,
    });
  }

  /**
   * Loads the module and puts it into the host, beside what is there.
   * @param {number} tries how often this place has failed before
   * @returns {Promise<void>} rejects with `ModuleFailure`; nothing is left behind then
   */
  async start(tries) {
    try {
      await this.#withinLimit(this.#load(tries));
    } catch (error) {
      await this.stop();
      throw ModuleFailure.of(error);
    }
  }

  /** @param {number} tries */
  async #load(tries) {
    const { signal } = this.#life;
    const [mount] = await Promise.all([
      loadModule(this.target, tries),
      this.#adoptStyles(signal),
    ]);
    this.isLoaded = true;
    if (signal.aborted) {
      return;
    }
    this.container.hidden = true;
    this.host.append(this.container);
    countIn(this.target.module);
    signal.addEventListener("abort", () => countOut(this.target.module));
    const client = thePortal().clientFor(this.target, { signal, key: this });
    const mounted = await watchErrors(this.target, () =>
      mount(this.container, client),
    );
    if (signal.aborted) {
      await quietly(() => mounted.unmount());
    } else {
      this.#mounted = mounted;
    }
  }

  /** @param {AbortSignal} signal */
  async #adoptStyles(signal) {
    if (this.target.entry.styles?.length) {
      const { adoptStyles } = await import("./module-styles.js");
      await adoptStyles(this.target, signal);
    }
  }

  /** Whether the module may be replaced now: `allow`, `block` or `ask`. */
  async canUpdate() {
    const answer = await quietly(() => this.#mounted?.canUpdate?.());
    if (answer === "allow" || answer === "block" || answer === "ask") {
      return answer;
    }
    return thePortal().dirty.has(this) ? "ask" : "allow";
  }

  /** Whether the module shows anything. */
  get isEmpty() {
    return this.container.getBoundingClientRect().height === 0;
  }

  /** Takes the module out and gives back all it holds. Harmless when repeated. */
  async stop() {
    const mounted = this.#mounted;
    this.#mounted = null;
    await quietly(() => mounted?.unmount());
    this.#life.abort();
    this.container.remove();
  }

  /** @param {Promise<void>} work */
  #withinLimit(work) {
    const { loadMillis } = thePortal().state.settings;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new ModuleFailure("slow")),
        loadMillis,
      );
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

/**
 * Errors that the browser reports while a module mounts (an element's
 * `connectedCallback` cannot throw to its caller) fail the mount.
 * @template T
 * @param {import("./target.js").Target} target
 * @param {() => T | Promise<T>} mount
 * @returns {Promise<T>}
 */
async function watchErrors(target, mount) {
  /** @type {ErrorEvent[]} */
  const errors = [];
  const note = (/** @type {ErrorEvent} */ event) => {
    if (moduleOfError(event)?.module === target.module) {
      errors.push(event);
      event.stopImmediatePropagation();
    }
  };
  addEventListener("error", note, { capture: true });
  try {
    const mounted = await mount();
    if (errors.length > 0) {
      throw errors[0].error;
    }
    return mounted;
  } finally {
    removeEventListener("error", note, { capture: true });
  }
}

/**
 * A module that fails on its way out is heard on the console and stops nothing.
 * @template T
 * @param {() => T | Promise<T>} act
 * @returns {Promise<T | undefined>}
 */
async function quietly(act) {
  try {
    return await act();
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
