const OPEN = "pergola-assistant-open";
const LINK = "[data-pergola-assistant-open]";
const PANEL = "#pergola-assistant";

/**
 * Loads the assistant when it is asked for: by its page, by the link that opens
 * its panel, or because the panel was open before a reload.
 */
export function watchAssistant() {
  addEventListener("click", takeLink, { capture: true });
  document.addEventListener("pergola-navigate", show);
  document.addEventListener("pergola-assistant-close", () => setOpen(false));
  show();
}

/** Shows what belongs to this page: its own assistant, or the panel. */
function show() {
  if (isOnPage()) {
    panel()?.toggleAttribute("hidden", true);
    void load();
  } else if (sessionStorage.getItem(OPEN) === "true") {
    setOpen(true);
  }
}

/** @param {MouseEvent} event */
function takeLink(event) {
  const hasKey = event.metaKey || event.ctrlKey || event.shiftKey;
  const isLink =
    event.target instanceof Element && event.target.closest(LINK) !== null;
  const shown = panel();
  if (isLink && !hasKey && event.button === 0 && shown && !isOnPage()) {
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
    void load().then(() => shown.focus());
  }
}

function load() {
  return import("./assistant/define.js");
}

function isOnPage() {
  return document.querySelector("main pergola-assistant") !== null;
}

/** @returns {HTMLElement | null} */
function panel() {
  return document.querySelector(PANEL);
}

/** @param {boolean} isOpen */
function setOpen(isOpen) {
  const shown = panel();
  const link = /** @type {HTMLElement | null} */ (document.querySelector(LINK));
  if (shown === null) {
    return;
  }
  const hadFocus = shown.contains(document.activeElement);
  shown.hidden = !isOpen;
  link?.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) {
    sessionStorage.setItem(OPEN, "true");
    void load();
  } else {
    sessionStorage.removeItem(OPEN);
    if (hadFocus) {
      link?.focus();
    }
  }
}
