import { make } from "./dom.js";

const SHOWN_MILLIS = 6000;

/**
 * Confirms what the person just did. It stays while it is pointed at.
 * @param {string} text
 */
export function showToast(text) {
  const toast = make("div", { class: "pergola-toast" }, text);
  toasts().append(toast);
  let timer = setTimeout(() => toast.remove(), SHOWN_MILLIS);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => {
    timer = setTimeout(() => toast.remove(), SHOWN_MILLIS);
  });
}

function toasts() {
  const present = document.querySelector(".pergola-toasts");
  if (present !== null) {
    return present;
  }
  const region = make("div", { class: "pergola-toasts", role: "status" });
  document.body.append(region);
  return region;
}
