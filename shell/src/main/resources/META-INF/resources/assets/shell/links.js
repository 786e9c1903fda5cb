// Answered with something other than a page of the portal, or by leaving it.
const NOT_PAGES =
  /^\/(logout|oauth2|login|api|views|agents|modules|assets|registry|actuator|\.well-known)(\/|$)/;

/**
 * The address a click leads to, if the router may take it; null when it is
 * the browser's: other origins, windows, downloads, keys held, parts of a page.
 * @param {MouseEvent} event
 * @returns {URL | null}
 */
export function urlOfClick(event) {
  const isPlain =
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
    !event.defaultPrevented;
  const link = event
    .composedPath()
    .find((node) => node instanceof HTMLAnchorElement && node.href !== "");
  if (!isPlain || !(link instanceof HTMLAnchorElement) || !isOurs(link)) {
    return null;
  }
  const url = new URL(link.href);
  const isPartOfThisPage =
    url.hash !== "" && withoutHash(url) === withoutHash(location);
  return isPage(url) && !isPartOfThisPage ? url : null;
}

/**
 * The address a form leads to, if the router may take it: a form that only asks.
 * @param {SubmitEvent} event
 * @returns {URL | null}
 */
export function urlOfSubmit(event) {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) {
    return null;
  }
  const method = submitter?.getAttribute("formmethod") ?? form.method;
  const action = submitter?.getAttribute("formaction") ?? form.action;
  const target = submitter?.getAttribute("formtarget") ?? form.target;
  const isElsewhere = target !== "" && target !== "_self";
  const url = new URL(action || location.href, location.href);
  if (method.toLowerCase() !== "get" || isElsewhere || !isPage(url)) {
    return null;
  }
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    fields.append(name, typeof value === "string" ? value : value.name);
  }
  url.search = fields.toString();
  url.hash = "";
  return url;
}

/** @param {HTMLAnchorElement} link */
function isOurs(link) {
  return (
    (link.target === "" || link.target === "_self") &&
    !link.hasAttribute("download") &&
    !link.relList.contains("external") &&
    !link.hasAttribute("data-pergola-reload")
  );
}

/** @param {URL} url */
function isPage(url) {
  return url.origin === location.origin && !NOT_PAGES.test(url.pathname);
}

/** @param {URL | Location} url */
export function withoutHash({ pathname, search }) {
  return pathname + search;
}
