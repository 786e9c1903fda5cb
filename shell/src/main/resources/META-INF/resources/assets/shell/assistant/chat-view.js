import { button, icon, make } from "../dom.js";
import { ErrorView, MessageView, ToolView, reasonOf } from "./item-views.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Item} Item */

/** One conversation in the design system's `pergola-chat`. */
export class ChatView {
  #words;
  #act;
  /** @type {Map<string, import("./item-views.js").ItemView>} */
  #views = new Map();
  #retry;
  #empty = make("p", { slot: "empty", class: "pergola-quiet" });
  /** Stands for an answer of which nothing has come yet. @type {HTMLElement} */
  #coming = make("pergola-chat-message", { from: "assistant", streaming: "" });

  /**
   * @param {import("./item-views.js").Words} words
   * @param {{ send: (text: string) => void, stop: () => void, retry: () => void }} act
   */
  constructor(words, act) {
    this.#words = words;
    this.#act = act;
    this.#retry = button(words("retry"), act.retry, "quiet small");
    this.#retry.slot = "actions";
    this.#retry.prepend(icon("refresh"));
    /** @type {any} */
    this.element = make("pergola-chat", {}, this.#empty);
    this.element.addEventListener(
      "pergola-chat-send",
      (/** @type {any} */ event) => act.send(event.text),
    );
    this.element.addEventListener("pergola-chat-stop", () => act.stop());
  }

  /** @param {Conversation} conversation */
  show({ items, agent, run }) {
    const { element } = this;
    element.label = this.#words("conversation");
    element.words = this.#wordsOfChat(agent.title);
    this.#empty.textContent = this.#words("empty", { agent: agent.title });
    this.#coming.setAttribute("name", agent.title);
    const shown = items.map((item) => this.#viewOf(item, agent.title).element);
    if (run !== null && !run.stopping && isWaiting(items)) {
      shown.push(this.#coming);
    }
    this.#arrange(shown);
    this.#offerRetry(items, run !== null);
    if (element.busy !== (run !== null)) {
      element.busy = run !== null;
      void this.#sayHowItEnded(items.at(-1), run !== null);
    }
  }

  /**
   * @param {Item} item
   * @param {string} delta
   */
  append({ id }, delta) {
    const view = this.#views.get(id);
    if (view instanceof MessageView) {
      view.append(delta);
    }
  }

  focus() {
    this.element.focus();
  }

  /**
   * @param {Item} item
   * @param {string} agent
   */
  #viewOf(item, agent) {
    const view = this.#views.get(item.id) ?? this.#create(item, agent);
    this.#views.set(item.id, view);
    view.update(item);
    return view;
  }

  /**
   * @param {Item} item
   * @param {string} agent
   * @returns {import("./item-views.js").ItemView}
   */
  #create({ kind }, agent) {
    switch (kind) {
      case "user":
        return new MessageView("user", this.#words("you"));
      case "assistant":
        return new MessageView("assistant", agent);
      case "tool":
        return new ToolView(this.#words);
      case "error":
        return new ErrorView(this.#words, this.#act.retry);
    }
  }

  /** @param {HTMLElement[]} shown in their order; others are taken out */
  #arrange(shown) {
    const staying = new Set([this.#empty, ...shown]);
    for (const child of [...this.element.children]) {
      if (!staying.has(child)) {
        child.remove();
      }
    }
    shown.forEach((child, index) => {
      const at = this.element.children[index + 1] ?? null;
      if (at !== child) {
        this.element.insertBefore(child, at);
      }
    });
  }

  /**
   * @param {Item[]} items
   * @param {boolean} isRunning
   */
  #offerRetry(items, isRunning) {
    const last = items.at(-1);
    if (!isRunning && last?.kind === "assistant") {
      this.#views.get(last.id)?.element.insertBefore(this.#retry, null);
    } else {
      this.#retry.remove();
    }
  }

  /**
   * The chat says "answering" and "ready" by itself.
   * @param {Item | undefined} last
   * @param {boolean} isRunning
   */
  async #sayHowItEnded(last, isRunning) {
    await this.element.updateComplete;
    if (!isRunning && last?.kind === "error") {
      const reason = reasonOf(last, this.#words);
      this.element.announce("");
      this.element.announce(reason, { assertive: true });
    } else if (!isRunning && last?.status === "stopped") {
      this.element.announce(this.#words("stopped"));
    }
  }

  /** @param {string} agent */
  #wordsOfChat(agent) {
    const words = this.#words;
    return {
      field: words("prompt", { agent }),
      placeholder: words("prompt", { agent }),
      send: words("send"),
      stop: words("stop"),
      jump: words("latest"),
      answering: words("answering", { agent }),
      ready: words("ready"),
    };
  }
}

/** @param {Item[]} items */
function isWaiting(items) {
  const isWriting = items.some(
    ({ kind, status }) => kind === "assistant" && status === "streaming",
  );
  return !isWriting && items.at(-1)?.kind !== "tool";
}
