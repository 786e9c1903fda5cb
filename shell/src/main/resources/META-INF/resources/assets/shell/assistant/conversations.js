import { ProblemError } from "@pergola/client";
import { applyEvent, endRun, failRun } from "./agent-events.js";
import { historyOf, newConversation } from "./conversation.js";
import { followRun, stopRun } from "./runs.js";

const SAVE_MILLIS = 250;

/**
 * The conversations of this tab and the runs under way in them. Runs go on
 * whether or not anything shows them. Fires `change`, and `append` for text
 * that was added to an answer.
 */
export class Conversations extends EventTarget {
  #storage;
  #fetch;
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
    this.list = storage.load();
    /** @type {import("./conversation.js").Conversation | undefined} */
    this.current = this.list[0];
    addEventListener("pagehide", () => this.#saveNow());
    for (const conversation of this.list) {
      if (conversation.run !== null) {
        void this.#follow(conversation);
      }
    }
  }

  /** @param {{ module: string, id: string, title?: string }} agent */
  start(agent) {
    this.current = newConversation(agent);
    this.list = [
      this.current,
      ...this.list.filter(({ items }) => items.length > 0),
    ];
    this.#changed();
  }

  /** @param {string} id */
  select(id) {
    this.current = this.list.find((one) => one.id === id) ?? this.current;
    this.#changed();
  }

  /**
   * Sends a message in the current conversation; while an answer is coming, it
   * waits for that to end.
   * @param {string} text
   */
  send(text) {
    const conversation = this.current;
    if (conversation === undefined || text.trim() === "") {
      return;
    }
    conversation.items.push({
      id: crypto.randomUUID(),
      kind: "user",
      text,
      status: "waiting",
    });
    this.#changed();
    this.#next(conversation);
  }

  /** Asks again for the answer to the last message. */
  retry() {
    const items = this.current?.items ?? [];
    const at = items.findLastIndex(({ kind }) => kind === "user");
    if (at >= 0 && this.current?.run === null) {
      const [{ text }] = items.splice(at);
      this.send(text);
    }
  }

  /**
   * Stops the run of the current conversation; its partial answer stays.
   * @returns {Promise<void>} rejects when the portal does not take it
   */
  async stop() {
    const conversation = this.current;
    const run = conversation?.run;
    if (conversation === undefined || !run || run.stopping) {
      return;
    }
    run.stopping = true;
    this.#changed();
    try {
      await stopRun(run.runId, this.#fetch);
    } catch (error) {
      run.stopping = false;
      if (error instanceof ProblemError && error.status === 404) {
        endRun(conversation, "stopped");
      }
      this.#changed();
      throw error;
    }
  }

  /** @param {import("./conversation.js").Conversation} conversation */
  #next(conversation) {
    const next = conversation.items.find(({ status }) => status === "waiting");
    if (conversation.run !== null || next === undefined) {
      return;
    }
    next.status = "done";
    // A message that waited stands after the answer it waited for.
    conversation.items = [
      ...conversation.items.filter(
        (item) => item !== next && item.status !== "waiting",
      ),
      next,
      ...conversation.items.filter(({ status }) => status === "waiting"),
    ];
    const messages = historyOf(conversation);
    conversation.run = {
      runId: crypto.randomUUID(),
      input: { threadId: conversation.id, messages },
      stopping: false,
    };
    this.#changed();
    void this.#follow(conversation);
  }

  /** @param {import("./conversation.js").Conversation} conversation */
  async #follow(conversation) {
    const run = /** @type {import("./conversation.js").Run} */ (
      conversation.run
    );
    try {
      for await (const event of followRun(
        conversation.agent,
        run,
        this.#fetch,
      )) {
        if (conversation.run === run) {
          this.#tell(applyEvent(conversation, event));
        }
      }
    } catch (error) {
      console.error(error);
      failRun(conversation, reasonOf(error));
    }
    if (conversation.run === run) {
      endRun(conversation, "done");
    }
    this.#changed();
    this.#next(conversation);
  }

  /** @param {ReturnType<typeof applyEvent>} appended */
  #tell(appended) {
    if (appended === undefined) {
      this.#changed();
    } else {
      this.dispatchEvent(new CustomEvent("append", { detail: appended }));
      this.#save();
    }
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
    this.#storage.save(this.list);
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof ProblemError
    ? (error.detail ?? error.title)
    : "connection";
}
