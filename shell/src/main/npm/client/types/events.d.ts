/**
 * Whether a module may use an event; says why not on the console, and throws in
 * development.
 * @param {string} module
 * @param {readonly string[]} declared
 * @param {string} type
 * @param {{ verb: "publishes" | "subscribes", development: boolean }} use
 */
export function isDeclared(module: string, declared: readonly string[], type: string, { verb, development }: {
    verb: "publishes" | "subscribes";
    development: boolean;
}): boolean;
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
    /**
     * @param {string} type
     * @param {(event: ModuleEvent) => void} listener
     * @param {AbortSignal} signal
     */
    on(type: string, listener: (event: ModuleEvent) => void, signal: AbortSignal): void;
    /** @param {ModuleEvent} event */
    emit(event: ModuleEvent): void;
    #private;
}
export type ModuleEvent = {
    type: string;
    detail: any;
    module: string;
};
/**
 * What a module declared in its manifest.
 */
export type Declared = {
    publishes: readonly string[];
    subscribes: readonly string[];
};
