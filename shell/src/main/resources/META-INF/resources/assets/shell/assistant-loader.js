import { make } from "./dom.js";

const OPEN = "pergola-assistant-open";
const LINK = "[data-pergola-assistant]";

/**
 * Loads the assistant when it is asked for: by its page, by the link that opens
 * its panel, or because the panel was open before a reload.
 */
export function watchAssistant() {
  addEventListener("click", takeLink, { capture: true });
  document.addEventListener("pergola-navigate", show);
  document.addEventListener("pergola-assistant-close", close);
  show();
}

/** Shows what belongs to this page: its own assistant, or the panel. */
function show() {
  if (isOnPage()) {
    panel()?.remove();
    void load();
  } else if (sessionStorage.getItem(OPEN) === "true") {
    void open();
  }
}

/** @param {MouseEvent} event */
function takeLink(event) {
  const hasKey = event.metaKey || event.ctrlKey || event.shiftKey;
  const isLink =
    event.target instanceof Element && event.target.closest(LINK) !== null;
  if (isLink && !hasKey && event.button === 0 && !isOnPage()) {
    event.preventDefault();
    event.stopPropagation();
    void open().then((shown) => shown.focus());
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
  return document.querySelector("#pergola-assistant");
}

/** @returns {HTMLElement | null} */
function link() {
  return document.querySelector(LINK);
}

async function open() {
  const shown = panel() ?? place();
  link()?.setAttribute("aria-expanded", "true");
  sessionStorage.setItem(OPEN, "true");
  await load();
  return shown;
}

/** The panel's place is beside `main`, in the grid of the page. */
function place() {
  const made = make("pergola-assistant", {
    id: "pergola-assistant",
    class: "pergola-assistant",
    role: "complementary",
    "aria-label": link()?.getAttribute("title") ?? "Assistant",
  });
  document.querySelector("main")?.after(made);
  return made;
}

function close() {
  const hadFocus = panel()?.contains(document.activeElement);
  panel()?.remove();
  link()?.setAttribute("aria-expanded", "false");
  sessionStorage.removeItem(OPEN);
  if (hadFocus) {
    link()?.focus();
  }
}
