import { ProblemError } from "../problem.js";

/** @typedef {import("./conversation.js").Run} Run */

/** Longest time that is waited because the portal said so, in milliseconds. */
const LONGEST_WAIT = 120_000;
const PASSING = new Set([408, 425, 429, 502, 503, 504]);
const SPENT = /\/problems\/agent-budget-spent$/;
/** Refusals that say that something else is open than this page thinks. */
const OPEN_ELSEWHERE =
  /\/problems\/(interrupt-open|interrupt-expired|bad-resume)$/;

/** Reasons of a failed run that the client itself gives, instead of the agent's words. */
export const LOST = "connection";
export const GONE = "gone";

/**
 * Whether it may be better in a moment.
 * @param {unknown} error
 */
export function isPassing(error) {
  return error instanceof ProblemError
    ? PASSING.has(error.status) && !isForLong(error)
    : isCut(error);
}

/**
 * Whether nothing more comes of a run: the portal refused to begin it, or has it no
 * more. A run that began, or may have, is not over because a page cannot read it now.
 * @param {unknown} error
 * @param {Pick<Run, "input" | "lastEventId" | "away">} run
 */
export function isFinal(error, { input, lastEventId, away }) {
  if (!(error instanceof ProblemError)) {
    return !isCut(error);
  }
  const { status } = error;
  if (status === 404 || status === 410) {
    return true;
  }
  const isBegun = input === undefined || lastEventId !== undefined;
  const isRefused = status !== 401 && !isPassing(error);
  return !isBegun && isRefused && (status < 500 || away === undefined);
}

/**
 * Whether other questions may be open than those that were answered: the portal says
 * so, or the answer may have arrived although it could not be read.
 * @param {unknown} error
 * @param {readonly unknown[]} asked
 */
export function mayHaveChanged(error, asked) {
  return error instanceof ProblemError
    ? OPEN_ELSEWHERE.test(error.type)
    : asked.length > 0;
}

/**
 * @param {unknown} error
 * @param {Run} run
 */
export function reasonOf(error, { lastEventId }) {
  if (!(error instanceof ProblemError)) {
    return { text: LOST };
  }
  const { status, type: code, traceId, detail, title } = error;
  const isGone = status === 404 || status === 410;
  const text = isGone && lastEventId !== undefined ? GONE : (detail ?? title);
  return { text, code, traceId };
}

/**
 * Whether fetch or a broken body rejects with it: TypeError, or a DOMException on
 * HTTP/2 resets.
 * @param {unknown} error
 */
function isCut(error) {
  return (
    error instanceof TypeError ||
    (error instanceof DOMException && error.name === "NetworkError")
  );
}

/** @param {ProblemError} error */
function isForLong({ type, retryAfter }) {
  return SPENT.test(type) || retryAfter * 1000 > LONGEST_WAIT;
}
