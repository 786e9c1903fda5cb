import { make } from "./dom.js";

/**
 * Shows a line of progress when something takes longer than people overlook.
 * @param {number} millis time before it shows
 * @returns {() => void} takes it away
 */
export function showProgress(millis) {
  const line = make("div", { class: "pergola-progress", role: "progressbar" });
  const timer = setTimeout(() => document.body.append(line), millis);
  return () => {
    clearTimeout(timer);
    line.remove();
  };
}
