/** Parts of a page, beside `main`, that follow the address. */
const FOLLOWING = ["[data-pergola-navigation]", "[data-pergola-breadcrumbs]"];

/**
 * Whether a fetched page can take this one's place without a reload: made with
 * the same build, with a `main`, and without scripts this page does not run.
 * @param {Document} page
 */
export function isSwappable(page) {
  const build = (/** @type {Document} */ { documentElement }) =>
    documentElement.dataset.pergolaBuild ?? "";
  const sources = (/** @type {Document} */ { scripts }) =>
    [...scripts].map((script) => script.getAttribute("src")).filter(Boolean);
  const running = new Set(sources(document));
  return (
    page.querySelector("main") !== null &&
    build(page) === build(document) &&
    sources(page).every((source) => running.has(source))
  );
}

/**
 * Puts the content of a fetched page in the place of this one's.
 * @param {Document} page
 */
export function swapPage(page) {
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  swapNavigation(page);
  const main = /** @type {HTMLElement} */ (page.querySelector("main"));
  document.querySelector("main")?.replaceWith(document.adoptNode(main));
}

/** @param {Document} page */
export function swapNavigation(page) {
  for (const selector of FOLLOWING) {
    const before = document.querySelector(selector);
    const after = page.querySelector(selector);
    if (before !== null && after !== null) {
      const path = focusedPath(before);
      before.replaceWith(document.adoptNode(after));
      focusLink(after, path);
    } else if (before !== null) {
      before.replaceChildren();
    }
  }
}

/** @param {Element} part */
function focusedPath(part) {
  const { activeElement } = document;
  return activeElement !== null && part.contains(activeElement)
    ? activeElement.getAttribute("href")
    : null;
}

/**
 * @param {Element} part
 * @param {string | null} path
 */
function focusLink(part, path) {
  if (path !== null) {
    const link = part.querySelector(`[href="${CSS.escape(path)}"]`);
    /** @type {HTMLElement | null} */ (link)?.focus();
  }
}

/** Takes the reader to the beginning of the page. */
export function focusPage() {
  const start =
    document.querySelector("main h1") ?? document.querySelector("main");
  if (start instanceof HTMLElement) {
    start.tabIndex = -1;
    start.focus({ preventScroll: true });
  }
}
