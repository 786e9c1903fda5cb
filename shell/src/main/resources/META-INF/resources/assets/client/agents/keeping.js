import { AgentConversation } from "./agent-conversation.js";

const SAVE_MILLIS = 250;

/**
 * A conversation that a reload finds again: kept in this tab under a name, for this
 * agent and person.
 * @param {string} name
 * @param {{ module: string, id: string, title?: string }} agent of a new conversation
 * @param {import("./agent-conversation.js").ConversationOptions & { subject?: string, storage?: Storage }} [options]
 *   `subject` is `pergola.session.subject`: the next person in this tab finds nothing
 * @returns {AgentConversation}
 */
export function keepConversation(name, agent, options = {}) {
  const { storage = sessionStorage, subject = "", ...rest } = options;
  const whose = [subject, agent.module, agent.id, name].map(encodeURIComponent);
  const key = `pergola-conversation-${whose.join("/")}`;
  const saved = read(storage, key);
  const conversation = new AgentConversation(saved ?? agent, rest);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saving;
  const save = () => {
    clearTimeout(saving);
    saving = undefined;
    removeEventListener("pagehide", save);
    try {
      storage.setItem(key, JSON.stringify(conversation.data));
    } catch (error) {
      console.warn("conversation: not kept", error);
    }
  };
  for (const type of ["change", "append"]) {
    conversation.addEventListener(type, () => {
      saving ??= setTimeout(save, SAVE_MILLIS);
      addEventListener("pagehide", save);
    });
  }
  return conversation;
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @returns {import("./conversation.js").Conversation | null}
 */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
