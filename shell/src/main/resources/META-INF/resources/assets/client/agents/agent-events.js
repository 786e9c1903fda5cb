import { restate } from "./restated.js";
import { add, answer, isNext, question, toolUse } from "./items.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {import("../run.js").AgentEvent} AgentEvent */
/** @typedef {{ item: Item, delta: string } | undefined} Appended */

/** @type {Record<string, (conversation: Conversation, event: AgentEvent) => Appended | null | void>} */
const HANDLERS = {
  TEXT_MESSAGE_START({ items }, { messageId }) {
    const item = answer(items, messageId);
    item.status = "streaming";
    if (item.restored) {
      item.text = "";
      delete item.restored;
    }
  },
  TEXT_MESSAGE_CONTENT: appendText,
  TEXT_MESSAGE_CHUNK: appendText,
  TEXT_MESSAGE_END({ items }, { messageId }) {
    answer(items, messageId).status = "done";
  },
  TOOL_CALL_START({ items }, { toolCallId, toolCallName }) {
    const step = toolUse(items, toolCallId);
    // After a snapshot a call that is open is begun again, with all it had.
    Object.assign(step, { text: toolCallName, args: "" });
    delete step.restored;
  },
  TOOL_CALL_ARGS({ items }, { toolCallId, delta }) {
    toolUse(items, toolCallId).args += delta;
  },
  TOOL_CALL_CHUNK({ items }, { toolCallId, toolCallName, delta }) {
    if (toolCallId !== undefined) {
      const step = toolUse(items, toolCallId);
      step.text ||= toolCallName ?? "";
      step.args += delta ?? "";
    }
  },
  TOOL_CALL_RESULT({ items }, { toolCallId, content }) {
    const step = toolUse(items, toolCallId);
    step.result =
      typeof content === "string" ? content : JSON.stringify(content);
    step.endedAt = Date.now();
    step.status = step.status === "refused" ? "refused" : "done";
  },
  MESSAGES_SNAPSHOT({ items }, { messages }) {
    // The whole so far, when the portal could not go on from the cursor.
    restate(items, messages ?? []);
    for (const item of items) {
      // What the run tells next follows this.
      delete item.restored;
    }
  },
  CUSTOM({ run }, { name, value }) {
    if (name !== "pergola.queue" || run === null || !(value?.position > 0)) {
      return null;
    }
    run.queued = value.position;
    return undefined;
  },
  RUN_FINISHED(conversation, { outcome, usage }) {
    const type = outcome?.type ?? outcome;
    if (type === "interrupt") {
      interrupt(conversation, outcome.interrupts ?? []);
    }
    endRun(conversation, type === "cancelled" ? "stopped" : "done", usage);
  },
  RUN_ERROR(conversation, { message, code }) {
    failRun(conversation, { text: message ?? code ?? "", code });
  },
};

/**
 * Adds an AG-UI event to a conversation. Events it does not know change nothing.
 * @param {Conversation} conversation changed in place
 * @param {AgentEvent} event
 * @returns {Appended | null} text that was appended, when that is all that changed; null
 *   when nothing did
 */
export function applyEvent(conversation, event) {
  const { run } = conversation;
  const isAtWork = run?.queued !== undefined && !isBeforeWork(event);
  if (isAtWork) {
    delete run.queued;
  }
  const told = Object.hasOwn(HANDLERS, event.type)
    ? HANDLERS[event.type]?.(conversation, event)
    : null;
  return told ?? (told === null && !isAtWork ? null : undefined);
}

/**
 * Ends the run with a reason that people are told.
 * @param {Conversation} conversation
 * @param {{ text: string, code?: string | undefined, traceId?: string | undefined }} reason
 */
export function failRun(conversation, { text, code, traceId }) {
  endRun(conversation, "failed");
  add(conversation.items, {
    ...{ id: crypto.randomUUID(), kind: "error", text, status: "failed" },
    ...(code !== undefined && { code }),
    ...(traceId !== undefined && { traceId }),
  });
}

/**
 * Ends the run; what was still being written keeps what it has.
 * @param {Conversation} conversation
 * @param {import("./conversation.js").ItemStatus} status
 * @param {unknown} [usage] AG-UI's, of the whole run
 */
export function endRun(conversation, status, usage) {
  const { items } = conversation;
  const open = items.filter(
    (item) => item.status === "streaming" && item.kind !== "user",
  );
  for (const item of open) {
    item.status = status;
    item.endedAt = Date.now();
  }
  const last = items.findLast((item) => !isNext(item));
  if (status === "stopped" && open.length === 0) {
    // A message is closed before its run is: the last one was cut short.
    const cut = last?.kind === "assistant" ? last : answer(items);
    cut.status = status;
  }
  spend(items, usageOf(usage));
  conversation.run = null;
}

/**
 * Adds what a run used to the answer it wrote, or went on with after a decision.
 * @param {Item[]} items
 * @param {import("./conversation.js").Usage | null} used
 */
function spend(items, used) {
  const asked = items.findLastIndex(
    (item) => item.kind === "user" && !isNext(item),
  );
  const written = items
    .slice(asked + 1)
    .findLast(({ kind }) => kind === "assistant");
  if (used !== null && written !== undefined) {
    const { inputTokens = 0, outputTokens = 0 } = written.usage ?? {};
    written.usage = {
      inputTokens: inputTokens + used.inputTokens,
      outputTokens: outputTokens + used.outputTokens,
    };
  }
}

/**
 * @param {Conversation} conversation
 * @param {import("./conversation.js").Interrupt[]} interrupts
 */
function interrupt(conversation, interrupts) {
  conversation.interrupts = interrupts.map((one) => ({ ...one }));
  for (const { id, toolCallId, message = "" } of interrupts) {
    const step =
      toolCallId === undefined
        ? question(conversation.items, id, message)
        : toolUse(conversation.items, toolCallId);
    step.status = "waiting";
    if (message !== "") {
      step.sentence = message;
    }
  }
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
 * Whether an event tells nothing of the work itself.
 * @param {AgentEvent} event
 */
function isBeforeWork({ type, name, value }) {
  return (
    type === "RUN_STARTED" ||
    (type === "CUSTOM" && name === "pergola.queue" && value?.position > 0)
  );
}

/**
 * @param {unknown} usage a list, an entry for each model
 * @returns {import("./conversation.js").Usage | null}
 */
function usageOf(usage) {
  if (!Array.isArray(usage) || usage.length === 0) {
    return null;
  }
  /** @param {"inputTokens" | "outputTokens"} name */
  const sum = (name) =>
    usage.reduce((total, entry) => total + (Number(entry?.[name]) || 0), 0);
  return { inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") };
}
