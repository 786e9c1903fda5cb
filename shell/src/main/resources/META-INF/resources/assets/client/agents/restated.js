import { add, create, nameOf } from "./items.js";

/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {{ id: string, function: { name: string, arguments?: string } }} Call */

/**
 * Takes messages for what was said so far: what is known is corrected, what is not is
 * added at the end.
 * @param {Item[]} items changed in place
 * @param {readonly any[]} messages AG-UI's
 */
export function restate(items, messages) {
  const restating = new Restating(items);
  for (const message of messages) {
    switch (message.role) {
      case "user":
        restating.said(message);
        break;
      case "assistant":
        if (typeof message.content === "string" && message.content !== "") {
          restating.answered(message, message === messages.at(-1));
        }
        for (const call of message.toolCalls ?? []) {
          restating.called(call);
        }
        break;
      case "tool":
        restating.resulted(message);
        break;
    }
  }
}

/** What messages made of items: each is one item, also where names come again. */
class Restating {
  #items;
  /** @type {Set<Item>} */
  #told = new Set();

  /** @param {Item[]} items */
  constructor(items) {
    this.#items = items;
  }

  /** @param {{ id: string, content: unknown }} message */
  said({ id, content }) {
    if (!this.#items.some((item) => item.id === id)) {
      const text = textOf(content);
      add(this.#items, { id, kind: "user", text, status: "done" });
    }
  }

  /**
   * What the person stopped stays stopped, and what was being written last may go on.
   * @param {{ id: string, content: string }} message
   * @param {boolean} isLast
   */
  answered({ id, content }, isLast) {
    const known = this.#untold("assistant", id);
    const status = known?.status ?? "done";
    const stays = status === "stopped" || (isLast && status === "streaming");
    const item = known ?? this.#create("assistant", id);
    item.text = content;
    item.status = stays ? status : "done";
  }

  /** @param {Call} call */
  called({ id, function: { name, arguments: args = "" } }) {
    const step = this.#untold("tool", id) ?? this.#create("tool", id);
    step.text = name;
    step.args = args;
  }

  /**
   * A result does not undo a refusal: it tells the agent of it.
   * @param {{ toolCallId: string, content: unknown }} message
   */
  resulted({ toolCallId: id, content }) {
    const called = [...this.#told].findLast(
      (item) =>
        item.kind === "tool" && (item.id === id || nameOf(item) === id),
    );
    const step =
      called ?? this.#untold("tool", id) ?? this.#create("tool", id);
    step.result = textOf(content);
    step.status = step.status === "refused" ? "refused" : "done";
  }

  /**
   * @param {Item["kind"]} kind
   * @param {string} id
   */
  #untold(kind, id) {
    const open = this.#items.filter(
      (item) => item.kind === kind && !this.#told.has(item),
    );
    const found =
      open.find((item) => item.id === id) ??
      open.find((item) => nameOf(item) === id);
    if (found !== undefined) {
      this.#told.add(found);
    }
    return found;
  }

  /**
   * @param {Item["kind"]} kind
   * @param {string} id
   */
  #create(kind, id) {
    const created = create(this.#items, id, { kind });
    this.#told.add(created);
    return created;
  }
}

/** @param {unknown} content text, or a list of parts */
function textOf(content) {
  if (typeof content === "string") {
    return content;
  }
  return Array.isArray(content)
    ? content.map((part) => part?.text ?? "").join(" ")
    : JSON.stringify(content ?? "");
}
