import { AgentConversation } from "@pergola/client/agents.js";
import { Outlines } from "./outlines.js";
import { catchUp, listThreads, outlineOf } from "./threads.js";

const SAVE_MILLIS = 1000;

/** @typedef {{ module: string, id: string, title?: string }} AgentName */

/**
 * The conversations of this person: those of this tab, and those the portal remembers.
 * Runs go on whether or not anything shows them. Fires `change`; `progress` for what
 * changed in a conversation; and `append` for text that was added to an answer of the
 * current one.
 */
export class Conversations extends EventTarget {
  #storage;
  #fetch;
  #outlines;
  /** What was written and not sent yet, by conversation. @type {Map<string, string>} */
  #drafts = new Map();
  /** When the portal says something last happened, by conversation. @type {Map<string, string>} */
  #heard = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;

  /**
   * @param {import("./storage.js").ConversationStorage} storage
   * @param {import("@pergola/client").PortalFetch} fetch
   */
  constructor(storage, fetch) {
    super();
    this.#storage = storage;
    this.#fetch = fetch;
    this.#outlines = new Outlines(fetch);
    /** Whether the portal could not be asked what it remembers. */
    this.isUnlisted = false;
    /** Newest first. @type {AgentConversation[]} */
    this.list = storage.load().map((saved) => this.#take(saved));
    /** @type {AgentConversation | undefined} */
    this.current = this.#find(storage.current()) ?? this.list[0];
    addEventListener("pagehide", () => this.#saveNow());
    this.list.forEach((conversation) => conversation.open());
  }

  /** What the person has written to the current one and not sent yet. */
  get draft() {
    return this.#drafts.get(this.#draftKey) ?? "";
  }

  set draft(text) {
    this.#drafts.set(this.#draftKey, text);
  }

  /** Those that have not begun share one: whichever comes next finds it. */
  get #draftKey() {
    const { current } = this;
    const isBegun = current !== undefined && !this.#isEmpty(current);
    return isBegun ? current.data.id : "";
  }

  /**
   * Begins a conversation; what was written and not sent comes along.
   * @param {AgentName} agent
   */
  start(agent) {
    const { draft } = this;
    if (draft !== "") {
      this.draft = "";
      this.#drafts.set("", draft);
    }
    this.current = this.#take(agent);
    this.list = [
      this.current,
      ...this.list.filter((one) => !this.#isEmpty(one)),
    ];
    this.#changed();
  }

  /** @param {string} id */
  select(id) {
    this.current = this.#find(id) ?? this.current;
    this.list = this.list.filter(
      (one) => one === this.current || !this.#isEmpty(one),
    );
    if (this.current !== undefined) {
      void this.#complete(this.current);
    }
    this.#changed();
  }

  /**
   * Asks the current one again for what did not come: what was said before, or the
   * answer.
   */
  retry() {
    if (this.current !== undefined && this.#outlines.has(this.current)) {
      void this.#complete(this.current);
      this.#changed();
    } else {
      this.current?.retry();
    }
  }

  /**
   * Takes a conversation away.
   * @param {string} id
   * @returns {() => void} brings it back
   */
  remove(id) {
    const at = this.list.findIndex(({ data }) => data.id === id);
    const [removed] = at < 0 ? [] : this.list.splice(at, 1);
    if (removed === undefined) {
      return () => {};
    }
    removed.close();
    this.#storage.forget(this.#storage.forgotten().add(id));
    const wasCurrent = this.current === removed;
    if (wasCurrent) {
      this.current = undefined;
    }
    this.#changed();
    return () => {
      const others = this.#storage.forgotten();
      others.delete(id);
      this.#storage.forget(others);
      this.list.splice(at, 0, removed);
      this.current = wasCurrent ? removed : this.current;
      if (!this.#outlines.has(removed)) {
        removed.open();
      }
      this.#changed();
    };
  }

  /**
   * @param {string} id
   * @param {string} title empty to take the person's name for it away
   */
  rename(id, title) {
    const conversation = this.#find(id);
    if (conversation === undefined) {
      return;
    }
    // An outline has nothing else to be known by.
    if (title.trim() !== "" || !this.#outlines.has(conversation)) {
      conversation.rename(title);
      this.#storage.name(id, conversation.data.title);
      this.#changed();
    }
  }

  /**
   * Asks the portal what it remembers, and what was said elsewhere in the current one.
   * @param {readonly AgentName[]} agents that the person may ask
   */
  async refresh(agents) {
    const threads = await listThreads(this.#fetch);
    if (this.isUnlisted !== (threads === null)) {
      this.isUnlisted = threads === null;
      this.#changed();
    }
    if (threads !== null) {
      this.#add(threads, agents);
      await this.#catchUp(threads);
    }
  }

  /**
   * @param {import("./threads.js").Thread[]} threads
   * @param {readonly AgentName[]} agents
   */
  #add(threads, agents) {
    const known = this.#storage.forgotten();
    const names = this.#storage.names();
    this.list.forEach(({ data }) => known.add(data.id));
    const found = threads.filter(({ threadId }) => !known.has(threadId));
    if (found.length === 0) {
      return;
    }
    for (const thread of found) {
      const { title } =
        agents.find(
          ({ module, id }) => module === thread.module && id === thread.agent,
        ) ?? {};
      const outline = outlineOf(thread, title);
      outline.title = names.get(thread.threadId) ?? outline.title;
      this.#outlines.add(thread.threadId);
      this.#heard.set(thread.threadId, thread.updatedAt ?? "");
      this.list.push(this.#take(outline));
    }
    this.list.sort((one, other) => other.data.updatedAt - one.data.updatedAt);
    this.#changed();
  }

  /**
   * Reads what was said elsewhere in the current one, where nothing goes on here. What
   * the person says meanwhile waits for it: it would be said without knowing that.
   * @param {import("./threads.js").Thread[]} threads
   */
  async #catchUp(threads) {
    const { current } = this;
    const id = current?.data.id ?? "";
    const { updatedAt = "" } =
      threads.find(({ threadId }) => threadId === id) ?? {};
    const isNews = updatedAt !== "" && this.#heard.get(id) !== updatedAt;
    if (current === undefined || !isNews || !this.#isAtRest(current)) {
      return;
    }
    this.#heard.set(id, updatedAt);
    current.hold();
    try {
      if (await catchUp(current.data, this.#fetch)) {
        current.data.updatedAt = Date.parse(updatedAt);
      }
    } catch (error) {
      console.warn("conversation: not caught up", error);
      this.#heard.delete(id);
    }
    if (this.list.includes(current)) {
      current.open();
    }
    this.#changed();
  }

  /**
   * Whether nothing goes on, and nothing is to be asked again.
   * @param {AgentConversation} conversation
   */
  #isAtRest(conversation) {
    const isIdle = conversation.status === "idle";
    const hasFailed = conversation.items.at(-1)?.kind === "error";
    return isIdle && !hasFailed && !this.#outlines.has(conversation);
  }

  /** @param {AgentConversation} conversation of which maybe only the outline is here */
  async #complete(conversation) {
    if (!this.#outlines.has(conversation)) {
      return;
    }
    const isWhole = await this.#outlines.complete(conversation);
    if (isWhole && this.list.includes(conversation)) {
      conversation.open();
    }
    this.#changed();
  }

  /** @param {ConstructorParameters<typeof AgentConversation>[0]} saved */
  #take(saved) {
    const fetch = this.#fetch;
    const conversation = new AgentConversation(saved, { fetch });
    conversation.addEventListener("change", () => {
      // Something was said that waits for what was said before.
      if (conversation.status !== "idle") {
        void this.#complete(conversation);
      }
      this.dispatchEvent(new Event("progress"));
      this.#save();
    });
    conversation.addEventListener("append", (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (conversation === this.current) {
        this.dispatchEvent(new CustomEvent("append", { detail }));
      }
      this.#save();
    });
    return conversation;
  }

  /** @param {string | null} id */
  #find(id) {
    return this.list.find(({ data }) => data.id === id);
  }

  /** @param {AgentConversation} conversation */
  #isEmpty(conversation) {
    return conversation.items.length === 0 && !this.#outlines.has(conversation);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
    this.#save();
  }

  #save() {
    this.#saving ??= setTimeout(() => this.#saveNow(), SAVE_MILLIS);
  }

  #saveNow() {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const whole = this.list.filter((one) => !this.#outlines.has(one));
    this.#storage.save(
      whole.map(({ data }) => data),
      this.current?.data.id ?? "",
    );
  }
}
