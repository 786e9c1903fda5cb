/**
 * The answer to a post that starts a run, as one stream.
 * @param {string | URL} url
 * @param {RequestInit} init its body names a `runId`
 * @param {{ fetch?: import("../http.js").PortalFetch }} [options]
 * @returns {Promise<Response>}
 */
export function unbroken(url: string | URL, init: RequestInit, { fetch }?: {
    fetch?: import("../http.js").PortalFetch;
}): Promise<Response>;
