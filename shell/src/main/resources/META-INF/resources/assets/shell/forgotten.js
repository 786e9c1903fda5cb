import { callSite } from "./attribution.js";

/**
 * What the code of one module registered on the page itself, outside its place.
 * @typedef {object} Held
 * @property {number} places how many places show the module now
 * @property {number} cycle grows whenever the first place is filled
 * @property {Set<() => void>} undo
 * @property {Map<string, { cycle: number, remove: () => void }>} listeners by the place in the code that adds them
 */

/** @type {Map<string, Held>} */
const modules = new Map();

/** @param {string} module that is about to be mounted */
export function countIn(module) {
  const held = modules.get(module) ?? {
    ...{ places: 0, cycle: 0, undo: new Set(), listeners: new Map() },
  };
  modules.set(module, held);
  held.cycle += held.places === 0 ? 1 : 0;
  held.places += 1;
}

/**
 * Takes back what a module forgot once its last place is empty.
 * @param {string} module
 */
export function countOut(module) {
  const held = modules.get(module);
  if (held !== undefined && (held.places -= 1) === 0) {
    held.undo.forEach((undo) => undo());
    held.undo.clear();
  }
}

/**
 * Notes intervals, observers and listeners of the page that mounted modules
 * register. Intervals and observers end with the module's last place. A
 * listener stays, as a library may add one for good the first time it is used;
 * one that the same line of code adds anew with every mount takes the place of
 * the one before.
 * @param {any} page
 */
export function watchForgotten(page) {
  watchIntervals(page);
  watchListeners(page);
  for (const name of [
    "MutationObserver",
    "ResizeObserver",
    "IntersectionObserver",
  ]) {
    page[name] = noting(page[name]);
  }
}

function caller() {
  const site = callSite();
  const held = site === null ? undefined : modules.get(site.module);
  return site !== null && held !== undefined && held.places > 0
    ? { held, site }
    : null;
}

/** @param {any} page */
function watchIntervals(page) {
  const { setInterval, clearInterval } = page;
  /** @type {Map<unknown, () => void>} */
  const running = new Map();
  page.setInterval = (/** @type {any[]} */ ...args) => {
    const id = setInterval.apply(page, args);
    const by = caller();
    if (by !== null) {
      const undo = () => page.clearInterval(id);
      by.held.undo.add(undo);
      running.set(id, () => by.held.undo.delete(undo));
    }
    return id;
  };
  page.clearInterval = (/** @type {any} */ id) => {
    clearInterval.call(page, id);
    running.get(id)?.();
    running.delete(id);
  };
}

/** @param {any} page */
function watchListeners(page) {
  for (const target of [page, page.document]) {
    const add = target.addEventListener;
    target.addEventListener = (
      /** @type {string} */ type,
      /** @type {any} */ listener,
      /** @type {any} */ options,
    ) => {
      add.call(target, type, listener, options);
      const by = options?.signal || options?.once ? null : caller();
      if (by !== null) {
        const { listeners, cycle } = by.held;
        const key = `${type} ${by.site.at}`;
        const before = listeners.get(key);
        if (before !== undefined && before.cycle !== cycle) {
          before.remove();
        }
        const remove = () =>
          target.removeEventListener(type, listener, options);
        listeners.set(key, { cycle, remove });
      }
    };
  }
}

/** @param {any} Observer */
function noting(Observer) {
  return class extends Observer {
    #forget = () => {};

    /** @param {...any} args */
    constructor(...args) {
      super(...args);
      const by = caller();
      if (by !== null) {
        const undo = () => super.disconnect();
        by.held.undo.add(undo);
        this.#forget = () => by.held.undo.delete(undo);
      }
    }

    disconnect() {
      super.disconnect();
      this.#forget();
    }
  };
}
