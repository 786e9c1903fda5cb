/**
 * Whether a fetched page can take this one's place without a reload: it has a
 * `main` and no script that this page does not run. The addresses of the
 * runtime's scripts change with every build of the portal.
 * @param {Document} page
 */
export function isSwappable(page) {
  const sources = (/** @type {Document} */ { scripts }) =>
    [...scripts].map((script) => script.getAttribute("src")).filter(Boolean);
  const running = new Set(sources(document));
  return (
    page.querySelector("main") !== null &&
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
  swapMain(page);
}

/** @param {Document} page */
export function swapMain(page) {
  const main = /** @type {HTMLElement} */ (page.querySelector("main"));
  document.querySelector("main")?.replaceWith(document.adoptNode(main));
}

/**
 * Puts the server's headings anew and leaves the content as it is.
 * @param {Document} page
 */
export function swapHeading(page) {
  for (const selector of [".pergola-breadcrumbs", ".pergola-page-header"]) {
    const before = document.querySelector(`main ${selector}`);
    const after = page.querySelector(`main ${selector}`);
    const isServers = before?.closest("pergola-module-host") === null;
    if (before && after && isServers && !before.isEqualNode(after)) {
      before.replaceWith(document.adoptNode(after));
    }
  }
}

/**
 * Menu and banner as the fetched page has them; who was in them with the
 * keyboard stays there, and a menu that is open is left alone.
 * @param {Document} page
 */
export function swapNavigation(page) {
  for (const selector of ["#pergola-navigation", ".pergola-banner-actions"]) {
    const before = document.querySelector(selector);
    const after = page.querySelector(selector);
    if (before && after && !isOpen(before) && !before.isEqualNode(after)) {
      const path = focusedPath(before);
      before.replaceWith(document.adoptNode(after));
      focusLink(after, path);
    }
  }
}

/** @param {Element} part */
function isOpen(part) {
  return (
    part.matches(":popover-open") ||
    part.querySelector(":popover-open") !== null
  );
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
