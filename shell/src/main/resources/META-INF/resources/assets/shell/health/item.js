/**
 * A failure as the owner of the module gets it.
 * @typedef {object} Problem
 * @property {string} id what the person sees of it
 * @property {string} reason
 * @property {string} message
 * @property {string} [stack]
 * @property {string} [page] id of the page in the manifest
 * @property {boolean} byPerson whether the person pressed Report
 */

/**
 * What one batch says of one version of a module.
 * @typedef {object} Item
 * @property {string} module
 * @property {string} version
 * @property {number} loads
 * @property {number} failures
 * @property {number} errors
 * @property {number[]} mountMillis
 * @property {number[]} lcpMillis
 * @property {number[]} inpMillis
 * @property {number[]} cls
 * @property {Problem[]} problems
 */

const MESSAGE = 300;
const STACK = 2000;

/**
 * @param {{ module: string, version: string }} of
 * @returns {Item}
 */
export function emptyItem({ module, version }) {
  return {
    ...{ module, version, loads: 0, failures: 0, errors: 0 },
    ...{ mountMillis: [], lcpMillis: [], inpMillis: [], cls: [] },
    problems: [],
  };
}

/**
 * @param {import("../failure.js").ModuleFailure} failure
 * @param {{ id: string, page?: string | undefined, byPerson?: boolean }} about
 * @returns {Problem}
 */
export function problemOf(failure, { id, page, byPerson = false }) {
  const { cause } = failure;
  const error = cause instanceof Error ? cause : failure;
  const isTold = cause === undefined || cause instanceof Error;
  const message = isTold ? error.message : String(cause);
  return {
    ...{ id, reason: failure.reason, byPerson },
    message: withoutQueries(message).slice(0, MESSAGE),
    ...(error.stack && { stack: withoutQueries(error.stack).slice(0, STACK) }),
    ...(page !== undefined && { page }),
  };
}

/**
 * Addresses may say whom a page was about; where in the code is enough.
 * @param {string} text
 */
function withoutQueries(text) {
  return text.replace(/[?#][^\s)'":]+/g, "");
}
