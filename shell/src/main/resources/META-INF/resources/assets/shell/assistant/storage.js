const MOST = 20;

/**
 * Keeps conversations for this tab, so that a reload or another page finds them.
 */
export class ConversationStorage {
  #key;

  /** @param {string} subject conversations of another person are never shown */
  constructor(subject) {
    this.#key = `pergola-conversations-${subject}`;
  }

  /** @returns {import("./conversation.js").Conversation[]} newest first */
  load() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @param {import("./conversation.js").Conversation[]} conversations newest first */
  save(conversations) {
    for (let count = MOST; count > 0; count = Math.floor(count / 2)) {
      try {
        const kept = JSON.stringify(conversations.slice(0, count));
        sessionStorage.setItem(this.#key, kept);
        return;
      } catch (error) {
        // Full: the oldest conversations give way.
        console.warn("conversations: not all kept", error);
      }
    }
  }
}
