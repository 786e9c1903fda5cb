import { add, answer, toolUse } from "./items.js";

/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {{ id?: string, name: string, arguments?: string }} Call */

/**
 * Takes messages for what was said so far: what is known is corrected, what is not is
 * added at the end.
 * @param {Item[]} items changed in place
 * @param {readonly any[]} messages AG-UI's
 */
export function restate(items, messages) {
  for (const message of messages) {
    switch (message.role) {
      case "user":
        said(items, message);
        break;
      case "assistant":
        if (typeof message.content === "string" && message.content !== "") {
          answered(items, message, message === messages.at(-1));
        }
        for (const call of message.toolCalls ?? []) {
          called(items, call);
        }
        break;
      case "tool":
        resulted(items, message);
        break;
    }
  }
}

/**
 * @param {Item[]} items
 * @param {{ id: string, content: unknown }} message
 */
function said(items, { id, content }) {
  if (!items.some((item) => item.id === id)) {
    add(items, { id, kind: "user", text: textOf(content), status: "done" });
  }
}

/**
 * What the person stopped stays stopped, and what was being written last may go on.
 * @param {Item[]} items
 * @param {{ id: string, content: string }} message
 * @param {boolean} isLast
 */
function answered(items, { id, content }, isLast) {
  const isKnown = items.some((item) => item.id === id);
  const item = answer(items, id);
  const isOpen = isKnown && isLast && item.status === "streaming";
  item.text = content;
  item.status = isOpen || item.status === "stopped" ? item.status : "done";
}

/**
 * A result does not undo a refusal: it tells the agent of it.
 * @param {Item[]} items
 * @param {{ toolCallId: string, content: unknown }} message
 */
function resulted(items, { toolCallId, content }) {
  const step = toolUse(items, toolCallId);
  step.result = textOf(content);
  step.status = step.status === "refused" ? "refused" : "done";
}

/**
 * @param {Item[]} items
 * @param {{ id: string, function: Call }} call
 */
function called(items, { id, function: call }) {
  const isKnown = items.some((item) => item.id === id);
  const step = toolUse(items, id);
  step.text = call.name;
  step.args = call.arguments ?? "";
  if (!isKnown) {
    // When it began is not known: no duration is better than a wrong one.
    delete step.startedAt;
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
