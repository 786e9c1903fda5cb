/**
 * `fetch` for stock AG-UI clients (`new HttpAgent({ url, fetch: resumingFetch() })`):
 * the answer is one unbroken stream that survives cuts of the connection, and
 * it fails instead of ending early. Only for posts whose body names a `runId`.
 * @param {{ fetch?: import("./http.js").PortalFetch }} [options]
 * @returns {(url: string | URL, init: RequestInit) => Promise<Response>}
 */
export function resumingFetch(options) {
  return async (url, init) => {
    const { unbroken } = await import("./agents/resuming-fetch.js");
    return unbroken(url, init, options);
  };
}
