/** What the runtime says; the server may hand over other words in the page state. */
const ENGLISH = {
  loading: "Loading {module}",
  failed: "{module} could not be shown",
  slow: "It did not answer within {seconds} seconds.",
  missing: "Its files could not be loaded.",
  changed: "Its files are not the ones that were published.",
  threw: "It stopped with an error.",
  unknown: "It is not known to the portal.",
  keepsWorking: "Everything else keeps working.",
  disabled: "{module} is switched off",
  noReason: "No reason was given.",
  retry: "Retry",
  report: "Report",
  reported: "Reported. Thank you.",
  notReported: "The report could not be sent.",
  errorId: "Error id: {id}",
  updateReady: "A new version of {module} is ready.",
  updateNow: "Update now",
  updateLater: "Later",
  portalUpdated: "The portal was updated.",
  reload: "Reload",
  leaveTitle: "Leave {module}?",
  leaveText: "Changes that are not saved will be lost.",
  leave: "Leave",
  stay: "Stay",
  offline: "You are offline. What you see stays; changes cannot be saved now.",
  sessionTitle: "Your session has ended",
  sessionText: "Sign in again to go on. This page stays as it is.",
  signIn: "Sign in",
  notNow: "Not now",
  otherPerson: "Somebody else is signed in now. Reload to go on as them.",
  agents: "Agents",
  pageFailed: "The page could not be loaded.",
};

/** @typedef {keyof typeof ENGLISH} Word */

/**
 * @template {string} T
 * @param {Record<T, string>} texts in English
 * @param {Partial<Record<string, string>>} [overrides] by the same names
 */
export function wordsOf(texts, overrides = {}) {
  /**
   * @param {T} word
   * @param {Record<string, string | number>} [values] for the names in braces
   */
  return (word, values = {}) =>
    (overrides[word] ?? texts[word]).replace(/\{(\w+)\}/g, (whole, name) =>
      String(values[name] ?? whole),
    );
}

/** @param {Partial<Record<string, string>>} [overrides] */
export function createWords(overrides) {
  return wordsOf(ENGLISH, overrides);
}
