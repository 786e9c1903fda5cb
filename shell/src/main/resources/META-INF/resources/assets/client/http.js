import { ProblemError } from "./problem.js";
import { traceparent } from "./trace.js";

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
export function createFetch(options = {}) {
  const send = options.fetch ?? ((url, init) => fetch(url, init));
  return async (path, init = {}) => {
    const url = sameOrigin(path, options.origin ?? location.origin);
    const response = await send(url, prepare(init, options.signal));
    if (response.status < 400) {
      return response;
    }
    const problem = await ProblemError.of(response);
    const again = problem.status === 401 && isReplayable(init.body);
    if (again && (await options.onUnauthorized?.())) {
      return checked(await send(url, prepare(init, options.signal)));
    }
    throw problem;
  };
}

/** @param {Response} response */
async function checked(response) {
  if (response.status >= 400) {
    throw await ProblemError.of(response);
  }
  return response;
}

/**
 * @param {string | URL} path
 * @param {string} origin
 */
function sameOrigin(path, origin) {
  const url = new URL(path, origin);
  if (url.origin !== origin) {
    throw new TypeError(`address: ${url} (expected: on ${origin})`);
  }
  return url;
}

/**
 * @param {RequestInit} init
 * @param {AbortSignal} [signal]
 * @returns {RequestInit}
 */
function prepare(init, signal) {
  const headers = new Headers(init.headers);
  headers.set("X-Pergola", "1");
  if (!headers.has("traceparent")) {
    headers.set("traceparent", traceparent());
  }
  if (!headers.has("accept")) {
    headers.set("accept", "application/json, */*;q=0.5");
  }
  const signals = [init.signal, signal].filter((one) => one != null);
  return {
    ...init,
    headers,
    credentials: "same-origin",
    signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
  };
}

/** @param {BodyInit | null | undefined} body */
function isReplayable(body) {
  return !(body instanceof ReadableStream);
}
