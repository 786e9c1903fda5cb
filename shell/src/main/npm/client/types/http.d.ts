/**
 * @callback PortalFetch
 * @param {string | URL} path address on this origin
 * @param {RequestInit} [init]
 * @returns {Promise<Response>} an answer below 400; others reject with `ProblemError`
 */
/**
 * @typedef {object} FetchOptions
 * @property {() => Promise<boolean>} [onUnauthorized] asks the person to sign in
 *   again; true when the request may be sent once more
 * @property {string} [origin] of the portal; the page's own when left out. For
 *   programs that are no page
 * @property {AbortSignal} [signal] ends every request made with this function
 * @property {typeof fetch} [fetch]
 */
/**
 * `fetch` for the portal's own addresses: says that the page asked
 * (`X-Pergola`, which a foreign page cannot send) and names the trace.
 * @param {FetchOptions} [options]
 * @returns {PortalFetch}
 */
export function createFetch(options?: FetchOptions): PortalFetch;
export type PortalFetch = (path: string | URL, init?: RequestInit | undefined) => Promise<Response>;
export type FetchOptions = {
    /**
     * asks the person to sign in
     * again; true when the request may be sent once more
     */
    onUnauthorized?: () => Promise<boolean>;
    /**
     * of the portal; the page's own when left out. For
     * programs that are no page
     */
    origin?: string;
    /**
     * ends every request made with this function
     */
    signal?: AbortSignal;
    fetch?: typeof fetch;
};
