const MOST = 20;
const MOST_REMEMBERED = 200;

/** @typedef {import("@pergola/client/agents.js").Conversation} Conversation */

/**
 * Keeps conversations for this tab, so that a reload or another page finds them; and
 * for this browser, which ones the person deleted, and what they called the others.
 */
export class ConversationStorage {
  #key;
  #currentKey;
  #forgottenKey;
  #namesKey;

  /** @param {string} subject conversations of another person are never shown */
  constructor(subject) {
    this.#key = `pergola-conversations-${subject}`;
    this.#currentKey = `pergola-conversations-current-${subject}`;
    this.#forgottenKey = `pergola-conversations-deleted-${subject}`;
    this.#namesKey = `pergola-conversations-named-${subject}`;
  }

  /** @returns {Conversation[]} newest first */
  load() {
    return read(sessionStorage, this.#key).map((one) => ({
      // Kept by an earlier build.
      ...{ interrupts: [], updatedAt: 0 },
      ...one,
    }));
  }

  /** @returns {string | null} id of the conversation that was shown last */
  current() {
    return sessionStorage.getItem(this.#currentKey);
  }

  /**
   * @param {Conversation[]} conversations newest first
   * @param {string} current id of the one that is shown
   */
  save(conversations, current) {
    for (let count = MOST; count > 0; count = Math.floor(count / 2)) {
      try {
        const kept = JSON.stringify(conversations.slice(0, count));
        sessionStorage.setItem(this.#key, kept);
        sessionStorage.setItem(this.#currentKey, current);
        return;
      } catch (error) {
        // Full: the oldest conversations give way.
        console.warn("conversations: not all kept", error);
      }
    }
  }

  /** @returns {Set<string>} ids of conversations the person deleted */
  forgotten() {
    return new Set(read(localStorage, this.#forgottenKey));
  }

  /** @param {Set<string>} ids */
  forget(ids) {
    remember(this.#forgottenKey, [...ids]);
  }

  /** @returns {Map<string, string>} the person's names for conversations, by id */
  names() {
    return new Map(read(localStorage, this.#namesKey));
  }

  /**
   * @param {string} id
   * @param {string} [name] none to forget the one it had
   */
  name(id, name) {
    const names = this.names();
    names.delete(id);
    if (name !== undefined) {
      names.set(id, name);
    }
    remember(this.#namesKey, [...names]);
  }
}

/**
 * @param {string} key
 * @param {unknown[]} list newest last
 */
function remember(key, list) {
  try {
    localStorage.setItem(key, JSON.stringify(list.slice(-MOST_REMEMBERED)));
  } catch (error) {
    // Full: it counts until the page is left.
    console.warn("conversations: not remembered", error);
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 * @returns {any[]}
 */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}
