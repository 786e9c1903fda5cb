const SHAPE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+\.v[1-9]\d*$/;

/**
 * @typedef {{ type: string, detail: any, module: string }} ModuleEvent
 */

/**
 * What a module declared in its manifest.
 * @typedef {{ publishes: readonly string[], subscribes: readonly string[] }} Declared
 */

/**
 * Carries events from module to module. Names read `noun.verb.v1`. A listener
 * that throws is reported and never stops the others.
 */
export class EventBus {
  #target = new EventTarget();

  /**
   * @param {string} type
   * @param {(event: ModuleEvent) => void} listener
   * @param {AbortSignal} signal
   */
  on(type, listener, signal) {
    this.#target.addEventListener(
      type,
      (event) =>
        listener(/** @type {CustomEvent<ModuleEvent>} */ (event).detail),
      { signal },
    );
  }

  /** @param {ModuleEvent} event */
  emit(event) {
    this.#target.dispatchEvent(new CustomEvent(event.type, { detail: event }));
  }
}

/**
 * Whether a module may use an event; says why not on the console, and throws in
 * development.
 * @param {string} module
 * @param {readonly string[]} declared
 * @param {string} type
 * @param {{ verb: "publishes" | "subscribes", development: boolean }} use
 */
export function isDeclared(module, declared, type, { verb, development }) {
  const fault = !SHAPE.test(type)
    ? `event: ${type} (expected: noun.verb.v1)`
    : declared.includes(type)
      ? null
      : `event: ${type} is not under events.${verb} in the manifest of ${module}`;
  if (fault !== null) {
    console.error(fault);
    if (development) {
      throw new TypeError(fault);
    }
  }
  return fault === null;
}
