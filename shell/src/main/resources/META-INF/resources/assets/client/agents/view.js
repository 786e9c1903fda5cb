import { AgentConversation } from "./agent-conversation.js";
import { keepConversation } from "./keeping.js";
import { NextFrame } from "./next-frame.js";

/**
 * @typedef {object} AgentOptions
 * @property {string} module
 * @property {string} agent id of the agent in the manifest
 * @property {import("../http.js").PortalFetch} [fetch] `pergola.fetch` in a module
 * @property {string} [keep] name under which a reload finds the conversation again
 * @property {string} [subject] `pergola.session.subject`, for `keep`: the next person in
 *   this tab finds nothing
 * @property {readonly import("./conversation.js").Context[]} [context] what the page shows, for the agent to know; sent with every run
 */

/**
 * What a page shows of a conversation; another object after each change.
 * @typedef {object} AgentView
 * @property {readonly import("./conversation.js").Item[]} items
 * @property {import("./agent-conversation.js").Status} status
 * @property {readonly import("./conversation.js").Interrupt[]} interrupts
 * @property {number | undefined} queued place in the queue, from 1
 * @property {import("./conversation.js").Run["away"]} away why nothing is read
 * @property {string | undefined} refusal why the portal refuses for now, in its words
 */

/**
 * @param {AgentOptions} options
 * @returns {AgentConversation}
 */
export function conversationOf({ module, agent, keep, subject, ...more }) {
  const { context, fetch } = more;
  const name = { module, id: agent };
  const options = {
    ...(context !== undefined && { context }),
    ...(fetch !== undefined && { fetch }),
    ...(subject !== undefined && { subject }),
  };
  return keep === undefined
    ? new AgentConversation(name, options)
    : keepConversation(keep, name, options);
}

/**
 * @param {AgentConversation} conversation
 * @returns {AgentView}
 */
export function viewOf({ data, status }) {
  return Object.freeze({
    items: data.items.map((item) => ({ ...item })),
    status,
    interrupts: [...data.interrupts],
    queued: data.run?.queued,
    away: data.run?.away,
    refusal: data.run?.refusal,
  });
}

/**
 * Calls back after changes, once a frame however many there were.
 * @param {AgentConversation} conversation
 * @param {() => void} changed
 * @returns {() => void} ends it
 */
export function watch(conversation, changed) {
  const watching = new AbortController();
  const { signal } = watching;
  const frame = new NextFrame(() => {
    if (!signal.aborted) {
      changed();
    }
  });
  const later = () => frame.ask();
  conversation.addEventListener("change", later, { signal });
  conversation.addEventListener("append", later, { signal });
  return () => watching.abort();
}
