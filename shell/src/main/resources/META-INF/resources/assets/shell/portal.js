import { EventBus, createClient, createFetch } from "@pergola/client";
import { CatalogStore } from "./catalog.js";
import { DirtyModules } from "./dirty.js";
import { createWords } from "./words.js";

/** What the parts of the runtime share; one for each page load. */
export class Portal {
  /** @param {import("./page-state.js").PageState} state */
  constructor(state) {
    this.state = state;
    this.words = createWords(state.words);
    this.catalog = new CatalogStore(state.catalog);
    this.bus = new EventBus();
    this.dirty = new DirtyModules();
    this.fetch = createFetch({ onUnauthorized: () => this.signInAgain() });
    /** @type {(path: string) => Promise<void> | void} */
    this.navigate = (path) => location.assign(path);
    /** @type {(text: string) => void} */
    this.notify = () => {};
  }

  /**
   * Asks the person to sign in again, without losing the page.
   * @returns {Promise<boolean>} whether the same person is signed in again
   */
  async signInAgain() {
    const { SessionGuard } = await import("./session-guard.js");
    this.#guard ??= new SessionGuard(this.state, this.words);
    return this.#guard.signInAgain();
  }

  /** @type {import("./session-guard.js").SessionGuard | undefined} */
  #guard;

  /**
   * The client object of one module in one place.
   * @param {import("./target.js").Target} target
   * @param {{ signal: AbortSignal, key: object }} place
   */
  clientFor(target, { signal, key }) {
    signal.addEventListener("abort", () => this.dirty.forget(key));
    return createClient({
      ...target,
      session: this.state.session,
      locale: this.state.locale,
      development: this.state.development,
      bus: this.bus,
      signal,
      navigate: (path) => this.navigate(path),
      notify: (text) => this.notify(text),
      dirty: (isDirty) =>
        this.dirty.mark(key, target.title, isDirty && !signal.aborted),
      onUnauthorized: () => this.signInAgain(),
    });
  }
}

/** @type {Portal | undefined} */
let current;

/** @param {Portal} portal */
export function usePortal(portal) {
  current = portal;
}

/** @returns {Portal} the running portal */
export function thePortal() {
  if (current === undefined) {
    throw new Error("portal: not started (expected: start.js ran)");
  }
  return current;
}
