/**
 * Whether it may be better in a moment.
 * @param {unknown} error
 */
export function isPassing(error: unknown): boolean;
/**
 * Whether nothing more comes of a run: the portal refused to begin it, or has it no
 * more. A run that began, or may have, is not over because a page cannot read it now.
 * @param {unknown} error
 * @param {Pick<Run, "input" | "lastEventId" | "away">} run
 */
export function isFinal(error: unknown, { input, lastEventId, away }: Pick<Run, "input" | "lastEventId" | "away">): boolean;
/**
 * Whether other questions may be open than those that were answered: the portal says
 * so, or the answer may have arrived although it could not be read.
 * @param {unknown} error
 * @param {readonly unknown[]} asked
 */
export function mayHaveChanged(error: unknown, asked: readonly unknown[]): boolean;
/**
 * @param {unknown} error
 * @param {Run} run
 */
export function reasonOf(error: unknown, { lastEventId }: Run): {
    text: string;
    code?: never;
    traceId?: never;
} | {
    text: string;
    code: string;
    traceId: string | undefined;
};
/** Reasons of a failed run that the client itself gives, instead of the agent's words. */
export const LOST: "connection";
export const GONE: "gone";
export type Run = import("./conversation.js").Run;
