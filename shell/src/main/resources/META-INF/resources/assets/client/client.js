import { EventBus, isDeclared } from "./events.js";
import { createFetch } from "./http.js";
import { cancelRun, joinRun, runAgent } from "./run.js";

/**
 * @typedef {{ subject?: string, name?: string, roles?: readonly string[], tenant?: string }} Session
 */

/**
 * @typedef {object} ClientOptions
 * @property {string} module
 * @property {string} version
 * @property {string} [page] id of the page in the manifest; absent in a slot
 * @property {Record<string, string>} [params] variables of the page path
 * @property {Session} [session] who is signed in; never a token
 * @property {string} [locale] BCP 47 tag
 * @property {Record<string, unknown>} [slotContext] what the slot's owner hands over
 * @property {AbortSignal} [signal] aborted when the module leaves the page
 * @property {EventBus} [bus]
 * @property {Partial<import("./events.js").Declared>} [events] what the manifest declares
 * @property {boolean} [development] whether a fault is thrown and not only reported
 * @property {(path: string) => Promise<void> | void} [navigate]
 * @property {(text: string) => void} [notify]
 * @property {(isDirty: boolean) => void} [dirty]
 * @property {() => Promise<boolean>} [onUnauthorized]
 * @property {typeof fetch} [fetch]
 */

/**
 * The object a module gets: as the property `pergola` of its element, or as the
 * second argument of `mount`. All it starts ends with `signal`.
 * @param {ClientOptions} options
 */
export function createClient(options) {
  const { module, version, page, development = false } = options;
  const signal = options.signal ?? new AbortController().signal;
  const bus = options.bus ?? new EventBus();
  const { publishes = [], subscribes = [] } = options.events ?? {};
  const portalFetch = createFetch({ ...options, signal });
  return Object.freeze({
    module,
    version,
    page,
    params: Object.freeze({ ...options.params }),
    session: Object.freeze({ ...options.session }),
    locale: options.locale ?? "en",
    slotContext: Object.freeze({ ...options.slotContext }),
    signal,
    fetch: portalFetch,
    /** @param {string} path page path of the portal */
    navigate: (path) =>
      options.navigate ? options.navigate(path) : location.assign(path),
    /**
     * Listens to a declared event until the module leaves the page.
     * @param {string} type
     * @param {(event: import("./events.js").ModuleEvent) => void} listener
     */
    on(type, listener) {
      const use = { verb: /** @type {const} */ ("subscribes"), development };
      if (isDeclared(module, subscribes, type, use)) {
        bus.on(type, listener, signal);
      }
    },
    /**
     * Tells the other modules. They get a copy of `detail`.
     * @param {string} type
     * @param {unknown} [detail] what `structuredClone` can copy
     */
    emit(type, detail) {
      const use = { verb: /** @type {const} */ ("publishes"), development };
      if (isDeclared(module, publishes, type, use)) {
        bus.emit({ type, module, detail: structuredClone(detail) });
      }
    },
    /** @param {string} text confirms what the person just did */
    notify: (text) => options.notify?.(text),
    /** @param {boolean} [isDirty] whether leaving would lose work */
    dirty: (isDirty = true) => options.dirty?.(isDirty),
    /** @param {Omit<Parameters<typeof runAgent>[0], "fetch" | "module"> & { module?: string }} run */
    runAgent: (run) => runAgent({ module, signal, ...run, fetch: portalFetch }),
    /** @param {string} runId @param {import("./run.js").RunOptions} [run] */
    joinRun: (runId, run) =>
      joinRun(runId, { signal, ...run, fetch: portalFetch }),
    /** @param {string} runId */
    cancelRun: (runId) => cancelRun(runId, portalFetch),
  });
}

/** @typedef {ReturnType<typeof createClient>} Client */
