import { ProblemError } from "@pergola/client";
import { newConversation, restate, stepOf } from "@pergola/client/agents.js";

/** @typedef {import("@pergola/client/agents.js").Conversation} Conversation */
/** @typedef {import("@pergola/client").PortalFetch} PortalFetch */

/**
 * A conversation the portal remembers.
 * @typedef {object} Thread
 * @property {string} threadId
 * @property {string} module
 * @property {string} agent
 * @property {string} [title]
 * @property {string} [updatedAt] ISO 8601
 * @property {string} [activeRunId] run that is under way in it
 */

/**
 * Conversations the portal remembers of this person, whatever tab or device they were
 * had on, newest first; none where the portal does not keep them.
 * @param {PortalFetch} fetch
 * @returns {Promise<Thread[] | null>} null when it could not be asked
 */
export async function listThreads(fetch) {
  try {
    const threads = await (await fetch("/agents/threads")).json();
    return Array.isArray(threads) ? threads : [];
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) {
      return [];
    }
    console.warn("conversations: the portal's are not known", error);
    return null;
  }
}

/**
 * @param {Thread} thread
 * @param {string} [title] of its agent
 * @returns {Conversation} without what was said
 */
export function outlineOf({ threadId, module, agent, ...thread }, title) {
  return {
    ...newConversation(
      { module, id: agent, ...(title !== undefined && { title }) },
      threadId,
    ),
    title: thread.title || title || agent,
    updatedAt: Date.parse(thread.updatedAt ?? "") || 0,
  };
}

/**
 * Fills a conversation with what was said in it.
 * @param {Conversation} conversation changed in place
 * @param {PortalFetch} fetch
 */
export async function recall(conversation, fetch) {
  const path = `/agents/threads/${encodeURIComponent(conversation.id)}`;
  const { messages, interrupts, activeRunId } = await (
    await fetch(path)
  ).json();
  /** @type {import("@pergola/client/agents.js").Item[]} */
  const items = [];
  restate(items, messages ?? []);
  // A step without a result was cut, unless the run that takes it goes on.
  const asked = items.findLastIndex(({ kind }) => kind === "user");
  const ended = activeRunId ? asked : items.length;
  for (const [at, item] of items.entries()) {
    item.restored = true;
    if (at < ended && item.status === "streaming") {
      item.status = "stopped";
    }
  }
  for (const { id, toolCallId, message = "" } of interrupts ?? []) {
    const step = stepOf(items, { id, toolCallId });
    if (step !== undefined) {
      step.status = "waiting";
    } else {
      items.push({
        ...{ id: toolCallId ?? id, text: message, status: "waiting" },
        kind: toolCallId === undefined ? "question" : "tool",
      });
    }
  }
  // What was said meanwhile comes after what was said before.
  conversation.items = [...items, ...conversation.items];
  conversation.interrupts = interrupts ?? [];
  if (activeRunId) {
    conversation.run = { runId: activeRunId, stopping: false };
  }
}

/**
 * Takes in what was said elsewhere, in another tab or on another device, after what is
 * here: from the first message of the person on that is not known here. Nothing that is
 * here goes.
 * @param {Conversation} conversation changed in place; one that is held, and idle
 * @param {PortalFetch} fetch
 * @returns {Promise<boolean>} whether there was anything
 */
export async function catchUp(conversation, fetch) {
  /** @type {Conversation} */
  const told = { ...conversation, items: [] };
  await recall(told, fetch);
  const { items } = conversation;
  const known = new Set(items.map(({ id }) => id));
  const from = told.items.findIndex(
    ({ id, kind }) => kind === "user" && !known.has(id),
  );
  if (from < 0) {
    return false;
  }
  const { interrupts, run } = told;
  const found = told.items.slice(from).filter(({ id }) => !known.has(id));
  const next = items.filter(({ status }) => status === "waiting");
  const said = items.filter((item) => !next.includes(item));
  const whole = [...said, ...found, ...next];
  Object.assign(conversation, { items: whole, interrupts, run });
  return true;
}
