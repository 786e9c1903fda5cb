/**
 * The only place where HTML enters the page. What arrives here was written or
 * sanitised by the portal's own server; scripts in it never run.
 */
const policy = createPolicy();

/**
 * @param {string} html
 * @returns {Document} a document without a window: nothing in it is loaded or run
 */
export function parsePage(html) {
  return new DOMParser().parseFromString(
    /** @type {any} */ (policy.createHTML(html)),
    "text/html",
  );
}

/**
 * The address of a module's script, for a `<script>` element.
 * @param {string} url
 * @returns {any}
 */
export function moduleScriptUrl(url) {
  return policy.createScriptURL(url);
}

/**
 * @typedef {object} FetchedPage
 * @property {Document} page
 * @property {URL} url where it came from, redirects followed
 * @property {number} status
 */

/**
 * A page of the portal as a document.
 * @param {URL} url
 * @param {AbortSignal} [signal]
 * @param {URLSearchParams} [form] fields to post; the answer's redirect is followed
 * @returns {Promise<FetchedPage>} rejects with `NotAPageError` unless the answer is `text/html` of this origin
 */
export async function fetchPage(url, signal, form) {
  const response = await fetch(url, {
    ...(form && { method: "POST", body: form }),
    headers: { "Pergola-Router": "1", Accept: "text/html" },
    credentials: "same-origin",
    signal: signal ?? null,
  });
  const isHtml = response.headers.get("content-type")?.startsWith("text/html");
  if (!isHtml || new URL(response.url).origin !== location.origin) {
    response.body?.cancel().catch(() => {});
    throw new NotAPageError(response.status);
  }
  return {
    page: parsePage(await response.text()),
    url: new URL(response.url),
    status: response.status,
  };
}

/** The answer is not a page the router can show. */
export class NotAPageError extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`answer: status ${status} (expected: a page)`);
    this.name = "NotAPageError";
    this.status = status;
  }
}

/**
 * @returns {{ createHTML(html: string): string, createScriptURL(url: string): string }}
 */
function createPolicy() {
  const rules = {
    createHTML: (/** @type {string} */ html) => html,
    createScriptURL: (/** @type {string} */ url) => {
      const { origin, pathname } = new URL(url, location.origin);
      if (origin !== location.origin || !pathname.startsWith("/modules/")) {
        throw new TypeError(`script: ${url} (expected: a file of a module)`);
      }
      return url;
    },
  };
  const factory = /** @type {any} */ (globalThis).trustedTypes;
  return factory?.createPolicy("pergola", rules) ?? rules;
}
