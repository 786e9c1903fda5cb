import { button, make } from "./dom.js";

/**
 * A line at the edge of the page that stays until it is removed, such as "You
 * are offline". One bar for each key; a second one takes the first's place.
 * @param {string} key
 * @param {string} text
 * @param {{ text: string, act: () => void, variant?: string }[]} [actions] each removes the bar
 * @returns {() => void} removes it
 */
export function showBar(key, text, actions = []) {
  const region = barRegion();
  region.querySelector(`[data-bar="${CSS.escape(key)}"]`)?.remove();
  const bar = make(
    "div",
    { class: "pergola-bar", "data-bar": key },
    make("span", {}, text),
  );
  const remove = () => bar.remove();
  for (const action of actions) {
    const act = () => {
      remove();
      action.act();
    };
    bar.append(button(action.text, act, action.variant));
  }
  region.append(bar);
  return remove;
}

/** @param {string} key */
export function hideBar(key) {
  document.querySelector(`[data-bar="${CSS.escape(key)}"]`)?.remove();
}

function barRegion() {
  const present = document.querySelector(".pergola-bars");
  if (present !== null) {
    return present;
  }
  const region = make("div", { class: "pergola-bars", role: "status" });
  const skip = document.querySelector(".pergola-skip");
  if (skip === null) {
    document.body.prepend(region);
  } else {
    skip.after(region);
  }
  return region;
}
