import { ProblemError } from "@pergola/client";
import { recall } from "./threads.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */
/** @typedef {import("@pergola/client/agents.js").Conversation} Conversation */

/** Reason of an error in a conversation whose beginning could not be fetched. */
export const NOT_RECALLED = "not-recalled";

/** Conversations of which only the outline is here, until the portal told the rest. */
export class Outlines {
  #fetch;
  /** @type {Set<string>} */
  #ids = new Set();
  /** Those that are being fetched. @type {Set<string>} */
  #coming = new Set();

  /** @param {import("@pergola/client").PortalFetch} fetch */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /** @param {string} id of a conversation */
  add(id) {
    this.#ids.add(id);
  }

  /** @param {AgentConversation} conversation */
  has({ data }) {
    return this.#ids.has(data.id);
  }

  /**
   * Fetches what was said in a conversation. What the person says meanwhile waits for
   * it, and stays unsent, with the reason, when it does not come.
   * @param {AgentConversation} conversation held from now on
   * @returns {Promise<boolean>} whether that made it whole
   */
  async complete(conversation) {
    const { data } = conversation;
    if (this.#coming.has(data.id)) {
      return false;
    }
    this.#coming.add(data.id);
    conversation.hold();
    waitAgain(data);
    try {
      await recall(data, this.#fetch);
      this.#ids.delete(data.id);
      return true;
    } catch (error) {
      console.warn("conversation: not recalled", error);
      fail(data, error);
      return false;
    } finally {
      this.#coming.delete(data.id);
    }
  }
}

/** @param {Conversation} conversation as `fail` left it */
function waitAgain(conversation) {
  const said = conversation.items.filter(({ kind }) => kind === "user");
  for (const message of said) {
    message.status = "waiting";
  }
  conversation.items = said;
}

/**
 * @param {Conversation} conversation
 * @param {unknown} error
 */
function fail({ items }, error) {
  for (const message of items) {
    message.status = "failed";
  }
  const traceId = error instanceof ProblemError ? error.traceId : undefined;
  items.push({
    ...{ id: crypto.randomUUID(), kind: "error", status: "failed" },
    text: NOT_RECALLED,
    ...(traceId !== undefined && { traceId }),
  });
}
