/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {{ id: string, function: { name: string, arguments?: string } }} Call */
/**
 * Takes messages for what was said so far: what is known is corrected, what is not is
 * added at the end.
 * @param {Item[]} items changed in place
 * @param {readonly any[]} messages AG-UI's
 */
export function restate(items: Item[], messages: readonly any[]): void;
export type Item = import("./conversation.js").Item;
export type Call = {
    id: string;
    function: {
        name: string;
        arguments?: string;
    };
};
