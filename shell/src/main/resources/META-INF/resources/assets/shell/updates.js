import { hideBar, showBar } from "./bars.js";
import { thePortal } from "./portal.js";

/** @type {Map<object, { title: string, update: () => void }>} */
const waiting = new Map();

/**
 * Asks the person whether a module with unsaved work may be replaced now.
 * @param {object} place asks once for each place
 * @param {string} title
 * @param {() => void} update
 */
export function offerUpdate(place, title, update) {
  waiting.set(place, { title, update });
  show();
}

/** @param {object} place */
export function withdrawUpdate(place) {
  if (waiting.delete(place)) {
    show();
  }
}

function show() {
  if (waiting.size === 0) {
    hideBar("update");
    return;
  }
  const { words } = thePortal();
  const titles = [...new Set([...waiting.values()].map(({ title }) => title))];
  showBar("update", words("updateReady", { module: titles.join(", ") }), [
    { text: words("updateLater"), act: () => waiting.clear() },
    { text: words("updateNow"), act: updateAll, variant: "primary" },
  ]);
}

function updateAll() {
  const updates = [...waiting.values()];
  waiting.clear();
  for (const { update } of updates) {
    update();
  }
}
