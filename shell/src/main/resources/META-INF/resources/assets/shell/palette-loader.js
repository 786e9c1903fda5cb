const LINK = "[data-pergola-palette]";

/**
 * Opens the palette, where the page has a link to it: by that link, `Ctrl+K`,
 * `Cmd+K` and `/`. It is loaded the first time.
 */
export function watchPalette() {
  addEventListener(
    "click",
    (event) => {
      const hasKey = event.metaKey || event.ctrlKey || event.shiftKey;
      const isLink =
        event.target instanceof Element && event.target.closest(LINK) !== null;
      if (isLink && !hasKey && event.button === 0) {
        take(event);
      }
    },
    { capture: true },
  );
  addEventListener("keydown", (event) => {
    const isCombined = event.metaKey || event.ctrlKey;
    const isPalette = isCombined
      ? event.key === "k" && !event.altKey
      : event.key === "/" && !isWriting(event);
    if (isPalette && !event.defaultPrevented && document.querySelector(LINK)) {
      take(event);
    }
  });
}

/** @param {Event} event */
function take(event) {
  event.preventDefault();
  event.stopPropagation();
  void import("./palette.js").then(({ openPalette }) => openPalette());
}

/** @param {KeyboardEvent} event */
function isWriting(event) {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role=textbox]"))
  );
}
