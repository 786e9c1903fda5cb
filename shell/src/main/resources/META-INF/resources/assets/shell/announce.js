import { make } from "./dom.js";

/**
 * Says a text to people who use a screen reader, when they are idle.
 * @param {string} text
 */
export function announce(text) {
  const region = announcer();
  // The same text again is only heard when the region was empty in between.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

function announcer() {
  const present = document.getElementById("pergola-announcer");
  if (present !== null) {
    return present;
  }
  const region = make("div", {
    id: "pergola-announcer",
    class: "pergola-visually-hidden",
    "aria-live": "polite",
  });
  document.body.append(region);
  return region;
}
