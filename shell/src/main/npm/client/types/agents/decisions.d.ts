/**
 * What a person can decide about a step that waits.
 * @param {Interrupt} interrupt
 * @returns {Partial<Record<Decision, Answer>> | null} null when it asks for words
 */
export function decisionsOf({ toolCallId, reason, responseSchema: schema }: Interrupt): Partial<Record<Decision, Answer>> | null;
/**
 * What a person's words are as an answer.
 * @param {Interrupt} interrupt
 * @param {string} text
 * @returns {Answer}
 */
export function wordsAsAnswer({ responseSchema: schema }: Interrupt, text: string): Answer;
export type Interrupt = import("./conversation.js").Interrupt;
export type Answer = import("./conversation.js").Answer;
export type Decision = "refuse" | "once" | "always";
export type Choice = {
    value: unknown;
    names: string[];
};
