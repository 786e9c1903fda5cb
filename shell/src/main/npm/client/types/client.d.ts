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
export function createClient(options: ClientOptions): Readonly<{
    module: string;
    version: string;
    page: string | undefined;
    params: Readonly<{
        [x: string]: string;
    }>;
    session: Readonly<{
        subject?: string;
        name?: string;
        roles?: readonly string[];
        tenant?: string;
    }>;
    locale: string;
    slotContext: Readonly<{
        [x: string]: unknown;
    }>;
    signal: AbortSignal;
    fetch: import("./http.js").PortalFetch;
    /** @param {string} path page path of the portal */
    navigate: (path: string) => void | Promise<void>;
    /**
     * Listens to a declared event until the module leaves the page.
     * @param {string} type
     * @param {(event: import("./events.js").ModuleEvent) => void} listener
     */
    on(type: string, listener: (event: import("./events.js").ModuleEvent) => void): void;
    /**
     * Tells the other modules. They get a copy of `detail`.
     * @param {string} type
     * @param {unknown} [detail] what `structuredClone` can copy
     */
    emit(type: string, detail?: unknown): void;
    /** @param {string} text confirms what the person just did */
    notify: (text: string) => void | undefined;
    /** @param {boolean} [isDirty] whether leaving would lose work */
    dirty: (isDirty?: boolean) => void | undefined;
    /** @param {Omit<Parameters<typeof runAgent>[0], "fetch" | "module"> & { module?: string }} run */
    runAgent: (run: Omit<Parameters<typeof runAgent>[0], "fetch" | "module"> & {
        module?: string;
    }) => import("./run.js").AgentRun;
    /** @param {string} runId @param {import("./run.js").RunOptions} [run] */
    joinRun: (runId: string, run?: import("./run.js").RunOptions) => import("./run.js").AgentRun;
    /** @param {string} runId */
    cancelRun: (runId: string) => Promise<void>;
}>;
export type Session = {
    subject?: string;
    name?: string;
    roles?: readonly string[];
    tenant?: string;
};
export type ClientOptions = {
    module: string;
    version: string;
    /**
     * id of the page in the manifest; absent in a slot
     */
    page?: string;
    /**
     * variables of the page path
     */
    params?: Record<string, string>;
    /**
     * who is signed in; never a token
     */
    session?: Session;
    /**
     * BCP 47 tag
     */
    locale?: string;
    /**
     * what the slot's owner hands over
     */
    slotContext?: Record<string, unknown>;
    /**
     * aborted when the module leaves the page
     */
    signal?: AbortSignal;
    bus?: EventBus;
    /**
     * what the manifest declares
     */
    events?: Partial<import("./events.js").Declared>;
    /**
     * whether a fault is thrown and not only reported
     */
    development?: boolean;
    navigate?: (path: string) => Promise<void> | void;
    notify?: (text: string) => void;
    dirty?: (isDirty: boolean) => void;
    onUnauthorized?: () => Promise<boolean>;
    fetch?: typeof fetch;
};
export type Client = ReturnType<typeof createClient>;
import { runAgent } from "./run.js";
import { EventBus } from "./events.js";
