/** @typedef {import("./conversation.js").Item} Item */

/**
 * The answer with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} [id] the last answer that is open when left out
 */
export function answer(items, id) {
  const known = items.findLast((item) =>
    id === undefined
      ? item.kind === "assistant" && item.status === "streaming"
      : item.id === id,
  );
  return (
    known ?? add(items, { id: id ?? crypto.randomUUID(), kind: "assistant" })
  );
}

/**
 * The step with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 */
export function toolUse(items, id) {
  const known = items.find((item) => item.id === id);
  const startedAt = Date.now();
  return known ?? add(items, { id, kind: "tool", args: "", startedAt });
}

/**
 * The question with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 * @param {string} text
 */
export function question(items, id, text) {
  const known = items.find((item) => item.id === id);
  return known ?? add(items, { id, kind: "question", text });
}

/**
 * Adds an item above the messages that wait for the answer.
 * @param {Item[]} items
 * @param {Partial<Item> & Pick<Item, "id" | "kind">} item
 * @returns {Item}
 */
export function add(items, item) {
  /** @type {Item} */
  const added = { text: "", status: "streaming", ...item };
  const waiting = items.findIndex(isNext);
  items.splice(waiting < 0 ? items.length : waiting, 0, added);
  return added;
}

/**
 * Whether it is a message that is still to be sent.
 * @param {Item} item
 */
export function isNext({ kind, status }) {
  return kind === "user" && status === "waiting";
}
