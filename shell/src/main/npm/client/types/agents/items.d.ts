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
/**
 * Adds an item above the messages that wait for the answer.
 * @param {Item[]} items
 * @param {Partial<Item> & Pick<Item, "id" | "kind">} item
 * @returns {Item}
 */
export function add(items: Item[], item: Partial<Item> & Pick<Item, "id" | "kind">): Item;
/**
 * Whether it is a message that is still to be sent.
 * @param {Item} item
 */
export function isNext({ kind, status }: Item): boolean;
export type Item = import("./conversation.js").Item;
