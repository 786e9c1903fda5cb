/** @typedef {import("./conversation.js").Item} Item */
/**
 * The answer with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} [id] the last answer that is open when left out
 */
export function answer(items: Item[], id?: string): import("./conversation.js").Item;
/**
 * The step with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 */
export function toolUse(items: Item[], id: string): import("./conversation.js").Item;
/**
 * The question with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 * @param {string} text
 */
export function question(items: Item[], id: string, text: string): import("./conversation.js").Item;
export type Item = import("./conversation.js").Item;
