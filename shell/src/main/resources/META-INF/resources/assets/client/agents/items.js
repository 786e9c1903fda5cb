/** @typedef {import("./conversation.js").Item} Item */

/**
 * The answer with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} [id] the last answer that is open when left out
 */
export function answer(items, id) {
  const known =
    id === undefined
      ? items.findLast(
          ({ kind, status }) => kind === "assistant" && status === "streaming",
        )
      : current(items, "assistant", id);
  return known ?? create(items, id, { kind: "assistant" });
}

/**
 * The step with an id, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 */
export function toolUse(items, id) {
  const startedAt = Date.now();
  return (
    current(items, "tool", id) ??
    create(items, id, { kind: "tool", args: "", startedAt })
  );
}

/**
 * The question with an id that is open, new when there is none.
 * @param {Item[]} items
 * @param {string} id
 * @param {string} text
 */
export function question(items, id, text) {
  const known = named(items, "question", id);
  return known?.status === "waiting"
    ? known
    : create(items, id, { kind: "question", text });
}

/**
 * The step or question that an interrupt is about.
 * @param {readonly Item[]} items
 * @param {Pick<import("./conversation.js").Interrupt, "id" | "toolCallId">} interrupt
 */
export function stepOf(items, { id, toolCallId }) {
  return toolCallId === undefined
    ? named(items, "question", id)
    : named(items, "tool", toolCallId);
}

/**
 * What the agent calls an item.
 * @param {Item} item
 */
export function nameOf({ id, name = id }) {
  return name;
}

/**
 * Adds an item of an agent, under an id of its own where its id is taken.
 * @param {Item[]} items
 * @param {string | undefined} id
 * @param {Partial<Item> & Pick<Item, "kind">} item
 * @returns {Item}
 */
export function create(items, id = crypto.randomUUID(), item) {
  return items.some((one) => one.id === id)
    ? add(items, { ...item, id: crypto.randomUUID(), name: id })
    : add(items, { ...item, id });
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

/**
 * The last item that an agent calls so.
 * @param {readonly Item[]} items
 * @param {Item["kind"]} kind
 * @param {string} name
 */
function named(items, kind, name) {
  return items.findLast((item) => item.kind === kind && nameOf(item) === name);
}

/**
 * The item of that name that a run may go on with: of this turn, or a step from before
 * that was resumed. Some agents begin to count anew with each run.
 * @param {readonly Item[]} items
 * @param {Item["kind"]} kind
 * @param {string} name
 */
function current(items, kind, name) {
  const known = named(items, kind, name);
  const asked = items.findLastIndex(
    (item) => item.kind === "user" && !isNext(item),
  );
  const isCurrent =
    known !== undefined && (items.indexOf(known) > asked || isOpen(known));
  return isCurrent ? known : undefined;
}

/** @param {Item} item */
function isOpen({ status, result }) {
  return (
    status === "streaming" ||
    status === "waiting" ||
    (status === "refused" && result === undefined)
  );
}
