import { nameOf, stepOf } from "./items.js";

/**
 * `waiting`: a message that is sent after the answer that is coming, or a step that
 * waits for the person.
 * @typedef {"waiting" | "streaming" | "done" | "stopped" | "failed" | "refused"} ItemStatus
 */
/**
 * One thing in a conversation: a message, a step the agent takes with a tool, a
 * question of the agent, or why an answer did not come.
 * @typedef {object} Item
 * @property {string} id
 * @property {"user" | "assistant" | "tool" | "question" | "error"} kind
 * @property {string} [name] what the agent calls it, where an earlier item has that for its id
 * @property {string} text message, reason or question; name of a tool
 * @property {ItemStatus} status
 * @property {string} [sentence] what a step does, in the agent's words
 * @property {string} [args] of a tool, as JSON
 * @property {string} [result] of a tool
 * @property {number} [startedAt] milliseconds since 1970
 * @property {number} [endedAt]
 * @property {Usage} [usage] what the runs of this answer used
 * @property {string} [code] of an error: AG-UI's, or the problem's type
 * @property {string} [traceId] of an error: what to name when asking for help
 * @property {"up" | "down"} [rating] what the person thinks of an answer
 * @property {boolean} [restored] whether it came from the portal's memory and not from
 *   a run: a run that tells it again begins anew
 */
/** @typedef {{ inputTokens: number, outputTokens: number }} Usage */
/**
 * What an agent needs from the person before it goes on: AG-UI's `Interrupt`.
 * @typedef {object} Interrupt
 * @property {string} id
 * @property {string} reason
 * @property {string} [message]
 * @property {string} [toolCallId]
 * @property {Record<string, any>} [responseSchema]
 * @property {string} [expiresAt]
 * @property {Record<string, any>} [metadata]
 * @property {Answer} [answer] what the person said, until all are answered
 */
/** @typedef {{ status: "resolved" | "cancelled", payload?: unknown }} Answer */
/**
 * @typedef {object} Run
 * @property {string} runId
 * @property {Record<string, unknown>} [input] what was sent; the same again attaches.
 *   Absent where another tab started the run
 * @property {string} [lastEventId] cursor of the last event in `items`
 * @property {boolean} stopping whether the person asked it to stop
 * @property {number} [queued] place in the queue, from 1
 * @property {"offline" | "lost" | "refused" | "left"} [away] why nothing is read: the
 *   connection is sought again, the portal refuses for now, or it is left until somebody
 *   opens the conversation
 * @property {string} [refusal] in the portal's words
 * @property {Interrupt[]} [answers] what the run answers, until it has begun
 */
/** @typedef {{ description: string, value: string }} Context what an agent should know */
/** @typedef {{ module: string, id: string, title: string }} AgentName */
/**
 * @typedef {object} Conversation
 * @property {string} id also the AG-UI `threadId`
 * @property {AgentName} agent
 * @property {Item[]} items
 * @property {Interrupt[]} interrupts that are open
 * @property {Run | null} run the one that is under way
 * @property {string} [title] the person's name for it
 * @property {number} updatedAt milliseconds since 1970
 */

/**
 * @param {{ module: string, id: string, title?: string }} agent
 * @param {string} [threadId]
 * @returns {Conversation}
 */
export function newConversation({ module, id, title = id }, threadId) {
  return {
    id: threadId ?? crypto.randomUUID(),
    agent: { module, id, title },
    items: [],
    interrupts: [],
    run: null,
    updatedAt: Date.now(),
  };
}

/** Characters of steps in a request, about; the newest have the first right to them. */
const MAX_STEPS = 400_000;

/**
 * Messages as an agent gets them, AG-UI's, oldest first: what was said, and the steps
 * that came to a result or wait for an answer. Results that are too much for a request
 * are cut, and older steps left out.
 * @param {Conversation} conversation
 * @returns {object[]}
 */
export function historyOf({ items, interrupts }) {
  const asked = new Set(interrupts.map((one) => stepOf(items, one)));
  let room = MAX_STEPS;
  return [...items]
    .reverse()
    .map((item) => {
      const { args = "", result } = item;
      const left = room - args.length;
      if (result === undefined) {
        return messagesOf(item, asked);
      }
      room = Math.max(0, left - result.length);
      return left <= 0
        ? []
        : messagesOf({ ...item, result: cut(result, left) }, asked);
    })
    .reverse()
    .flat();
}

/**
 * @param {string} text
 * @param {number} length
 */
function cut(text, length) {
  // Half a character is no text.
  const begin = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  return text.length > length ? `${begin} […]` : text;
}

/**
 * @param {Item} item
 * @param {Set<Item | undefined>} asked steps that wait for an answer
 * @returns {object[]}
 */
function messagesOf(item, asked) {
  switch (item.kind) {
    case "user":
    case "assistant":
      return item.text === "" ||
        (item.kind === "user" && item.status === "waiting")
        ? []
        : [{ id: item.id, role: item.kind, content: item.text }];
    case "tool":
      return item.result !== undefined || asked.has(item)
        ? callOf(item)
        : [];
    case "question":
    case "error":
      return [];
  }
}

/** @param {Item} item */
function callOf(item) {
  const { text, args = "", result } = item;
  // An agent knows what it waits for by the name it gave.
  const id = result === undefined ? nameOf(item) : item.id;
  const call = { name: text, arguments: args };
  const asked = {
    id: `${id}-call`,
    role: "assistant",
    toolCalls: [{ id, type: "function", function: call }],
  };
  const answered = {
    id: `${id}-result`,
    role: "tool",
    toolCallId: id,
    content: result,
  };
  return result === undefined ? [asked] : [asked, answered];
}
