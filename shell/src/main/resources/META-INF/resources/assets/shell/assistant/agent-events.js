/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {import("@pergola/client").AgentEvent} AgentEvent */
/** @typedef {{ item: Item, delta: string } | undefined} Appended */

/** @type {Record<string, (conversation: Conversation, event: AgentEvent) => Appended>} */
const HANDLERS = {
  TEXT_MESSAGE_START({ items }, { messageId }) {
    answer(items, messageId);
    return undefined;
  },
  TEXT_MESSAGE_CONTENT: appendText,
  TEXT_MESSAGE_CHUNK: appendText,
  TEXT_MESSAGE_END({ items }, { messageId }) {
    answer(items, messageId).status = "done";
    return undefined;
  },
  TOOL_CALL_START({ items }, { toolCallId, toolCallName }) {
    Object.assign(toolUse(items, toolCallId), { text: toolCallName });
    return undefined;
  },
  TOOL_CALL_ARGS({ items }, { toolCallId, delta }) {
    toolUse(items, toolCallId).args += delta;
    return undefined;
  },
  TOOL_CALL_RESULT({ items }, { toolCallId, content }) {
    const result =
      typeof content === "string" ? content : JSON.stringify(content);
    const ended = { result, status: "done", endedAt: Date.now() };
    Object.assign(toolUse(items, toolCallId), ended);
    return undefined;
  },
  MESSAGES_SNAPSHOT({ items }, { messages }) {
    // The whole so far, when the portal could not go on from the cursor.
    for (const { id, role, content } of messages ?? []) {
      if (role === "assistant" && typeof content === "string") {
        answer(items, id).text = content;
      }
    }
    return undefined;
  },
  RUN_FINISHED(conversation, { outcome }) {
    const isCancelled = (outcome?.type ?? outcome) === "cancelled";
    endRun(conversation, isCancelled ? "stopped" : "done");
    return undefined;
  },
  RUN_ERROR(conversation, { message, code }) {
    failRun(conversation, message ?? code ?? "");
    return undefined;
  },
};

/**
 * Adds an AG-UI event to a conversation. Events it does not know change nothing.
 * @param {Conversation} conversation changed in place
 * @param {AgentEvent} event
 * @returns {Appended} text that was appended, when that is all that changed
 */
export function applyEvent(conversation, event) {
  return HANDLERS[event.type]?.(conversation, event);
}

/**
 * Ends the run with a reason that people are told.
 * @param {Conversation} conversation
 * @param {string} reason
 */
export function failRun(conversation, reason) {
  endRun(conversation, "failed");
  conversation.items.push({
    id: crypto.randomUUID(),
    kind: "error",
    text: reason,
    status: "failed",
  });
}

/**
 * Ends the run; what was still being written keeps what it has.
 * @param {Conversation} conversation
 * @param {import("./conversation.js").ItemStatus} status
 */
export function endRun(conversation, status) {
  const open = conversation.items.filter(
    (item) => item.status === "streaming" && item.kind !== "user",
  );
  for (const item of open) {
    item.status = status;
    item.endedAt = Date.now();
  }
  if (status === "stopped" && open.length === 0) {
    // A message is closed before its run is: the last one was cut short.
    const last = conversation.items.at(-1);
    const cut = last?.kind === "assistant" ? last.id : crypto.randomUUID();
    answer(conversation.items, cut).status = status;
  }
  conversation.run = null;
}

/**
 * @param {Conversation} conversation
 * @param {AgentEvent} event
 * @returns {Appended}
 */
function appendText({ items }, { messageId, delta }) {
  const known = items.length;
  const item = answer(items, messageId);
  item.text += delta ?? "";
  return items.length === known ? { item, delta: delta ?? "" } : undefined;
}

/**
 * @param {Item[]} items
 * @param {string} [id] of the answer; the last one that is open when left out
 */
function answer(items, id) {
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
 * @param {Item[]} items
 * @param {string} id
 */
function toolUse(items, id) {
  const known = items.find((item) => item.id === id);
  const startedAt = Date.now();
  return known ?? add(items, { id, kind: "tool", args: "", startedAt });
}

/**
 * @param {Item[]} items
 * @param {Partial<Item> & Pick<Item, "id" | "kind">} item
 * @returns {Item}
 */
function add(items, item) {
  /** @type {Item} */
  const added = { text: "", status: "streaming", ...item };
  items.push(added);
  return added;
}
