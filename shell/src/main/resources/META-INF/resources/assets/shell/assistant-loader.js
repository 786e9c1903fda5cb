import { make } from "./dom.js";

const OPEN = "pergola-assistant-open";

/**
 * Loads the assistant when it is asked for: by its page, by a link to it, or
 * because it was open before a reload.
 */
export function watchAssistant() {
  const loadWhenShown = () => {
    if (document.querySelector("pergola-assistant") !== null) {
      void loadAssistant();
    }
  };
  document.addEventListener("pergola-navigate", () => {
    loadWhenShown();
    if (isOnPage()) {
      closePanel();
    }
  });
  addEventListener("click", takeLink, { capture: true });
  loadWhenShown();
  if (sessionStorage.getItem(OPEN) === "true" && !isOnPage()) {
    void openPanel(false);
  }
}

/** @param {MouseEvent} event */
function takeLink(event) {
  const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey);
  const link =
    event.target instanceof Element
      ? event.target.closest("[data-pergola-assistant]")
      : null;
  if (link !== null && isPlain && event.button === 0 && !isOnPage()) {
    event.preventDefault();
    if (panel() === null) {
      void openPanel(true);
    } else {
      closePanel();
    }
  }
}

function loadAssistant() {
  return import("./assistant/define.js");
}

function isOnPage() {
  return document.querySelector("main pergola-assistant") !== null;
}

function panel() {
  return document.querySelector("aside.pergola-assistant-panel");
}

/** @param {boolean} focus whether the person asked for it now */
async function openPanel(focus) {
  const assistant = make("pergola-assistant", { panel: "" });
  const aside = make(
    "aside",
    { class: "pergola-assistant-panel", "aria-label": "Assistant" },
    assistant,
  );
  assistant.addEventListener("pergola-assistant-close", closePanel);
  document.body.append(aside);
  document.documentElement.classList.add("pergola-with-assistant");
  sessionStorage.setItem(OPEN, "true");
  expand(true);
  await loadAssistant();
  if (focus) {
    assistant.focus();
  }
}

function closePanel() {
  const shown = panel();
  if (shown !== null) {
    const hadFocus = shown.contains(document.activeElement);
    shown.remove();
    document.documentElement.classList.remove("pergola-with-assistant");
    sessionStorage.removeItem(OPEN);
    expand(false);
    if (hadFocus) {
      /** @type {HTMLElement | null} */ (
        document.querySelector("[data-pergola-assistant]")
      )?.focus();
    }
  }
}

/** @param {boolean} isOpen */
function expand(isOpen) {
  for (const link of document.querySelectorAll("[data-pergola-assistant]")) {
    link.setAttribute("aria-expanded", String(isOpen));
  }
}
