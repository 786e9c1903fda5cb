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
 * The question with an id that is open, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 * @param {string} text
 */
export function question(items: Item[], id: string, text: string): import("./conversation.js").Item;
/**
 * The step or question that an interrupt is about.
 * @param {readonly Item[]} items
 * @param {Pick<import("./conversation.js").Interrupt, "id" | "toolCallId">} interrupt
 */
export function stepOf(items: readonly Item[], { id, toolCallId }: Pick<import("./conversation.js").Interrupt, "id" | "toolCallId">): import("./conversation.js").Item | undefined;
/**
 * What the agent calls an item.
 * @param {Item} item
 */
export function nameOf({ id, name }: Item): string;
/**
 * Adds an item of an agent, under an id of its own where its id is taken.
 * @param {Item[]} items
 * @param {string | undefined} id
 * @param {Partial<Item> & Pick<Item, "kind">} item
 * @returns {Item}
 */
export function create(items: Item[], id: string | undefined, item: Partial<Item> & Pick<Item, "kind">): Item;
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
