/**
 * What became of a module in a place: `load` it is there, `failure` it is not,
 * `error` it threw after it was there.
 * @typedef {object} Happening
 * @property {"load" | "failure" | "error"} kind
 * @property {import("./target.js").Target} target
 * @property {object} [load] the same object for all that one load brought
 * @property {number} [millis] from being asked for to being there
 * @property {import("./failure.js").ModuleFailure} [failure]
 * @property {string} [id] what the person sees of the failure
 */

// Who measures comes after the page works; a page has few happenings until then.
const MOST = 100;
/** @type {Happening[]} */
const early = [];
/** @type {(happening: Happening) => void} */
let tell = (happening) => void (early.length < MOST && early.push(happening));

/** @param {Happening} happening */
export function note(happening) {
  tell(happening);
}

/**
 * Hears of all happenings of this page, also of those before.
 * @param {(happening: Happening) => void} listener
 */
export function hearHappenings(listener) {
  tell = listener;
  early.splice(0).forEach(listener);
}
