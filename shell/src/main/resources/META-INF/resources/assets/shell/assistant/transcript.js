import { button, make } from "../dom.js";
import { AnswerView, QuestionView } from "./message-view.js";
import { BottomFollower } from "./follow.js";
import { ErrorView, ToolView } from "./tool-view.js";

/** @typedef {{ element: HTMLElement, update(item: import("./conversation.js").Item): void }} ItemView */

/** The messages of one conversation. A log that does not speak while it grows. */
export class Transcript {
  #words;
  #act;
  /** @type {Map<string, { view: ItemView, footer: HTMLElement, element: HTMLElement }>} */
  #rows = new Map();
  #follower;
  #jump;

  /**
   * @param {ReturnType<typeof import("./words.js").assistantWords>} words
   * @param {{ retry: () => void, edit: (item: import("./conversation.js").Item) => void }} act
   */
  constructor(words, act) {
    this.#words = words;
    this.#act = act;
    this.element = make("div", {
      class: "pergola-chat",
      role: "log",
      "aria-live": "off",
      "aria-label": words("conversation"),
      tabindex: "0",
    });
    this.#jump = button(words("latest"), () => this.#follower.jump(), "small");
    this.#jump.classList.add("pergola-chat-latest");
    this.#jump.hidden = true;
    this.#follower = new BottomFollower(this.element, (isFollowing) => {
      this.#jump.hidden = isFollowing;
    });
    this.element.append(this.#jump);
  }

  /** @param {import("./conversation.js").Conversation} conversation */
  show({ items, agent, run }) {
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, { element }] of this.#rows) {
      if (!ids.has(id)) {
        element.remove();
        this.#rows.delete(id);
      }
    }
    this.element.setAttribute("aria-busy", String(run !== null));
    items.forEach((item, index) => {
      const row = this.#rows.get(item.id) ?? this.#add(item, agent.title);
      row.view.update(item);
      this.#note(row.footer, item, run === null && index === items.length - 1);
      if (this.element.children[index] !== row.element) {
        this.element.insertBefore(
          row.element,
          this.element.children[index] ?? null,
        );
      }
    });
    this.#follower.grown();
  }

  /**
   * @param {import("./conversation.js").Item} item
   * @param {string} delta
   */
  append({ id }, delta) {
    const view = this.#rows.get(id)?.view;
    if (view instanceof AnswerView) {
      view.append(delta);
      requestAnimationFrame(() => this.#follower.grown());
    }
  }

  /** The person sent something: they want to see what comes. */
  follow() {
    this.#follower.jump();
  }

  /**
   * @param {import("./conversation.js").Item} item
   * @param {string} agent
   */
  #add(item, agent) {
    const view = this.#viewOf(item, agent);
    const footer = make("div", { class: "pergola-cluster" });
    const element = make(
      "div",
      { class: `pergola-chat-row ${item.kind}` },
      view.element,
      footer,
    );
    const row = { view, footer, element };
    this.#rows.set(item.id, row);
    return row;
  }

  /**
   * @param {import("./conversation.js").Item} item
   * @param {string} agent
   * @returns {ItemView}
   */
  #viewOf({ kind }, agent) {
    switch (kind) {
      case "user":
        return new QuestionView(this.#words("you"));
      case "assistant":
        return new AnswerView(agent);
      case "tool":
        return new ToolView(this.#words);
      case "error":
        return new ErrorView(this.#words);
    }
  }

  /**
   * What stands below a message: how it ended, and what can be done with it.
   * @param {HTMLElement} footer
   * @param {import("./conversation.js").Item} item
   * @param {boolean} isLast
   */
  #note(footer, item, isLast) {
    const key = `${item.status} ${isLast}`;
    if (footer.dataset.key === key) {
      return;
    }
    footer.dataset.key = key;
    footer.replaceChildren();
    const note = this.#statusOf(item);
    if (note !== null) {
      footer.append(make("span", { class: "pergola-badge warning" }, note));
    }
    if (item.kind === "user" && item.status !== "waiting") {
      this.#offer(footer, "edit", () => this.#act.edit(item));
    }
    if (item.kind === "assistant" && item.status !== "streaming") {
      this.#offer(footer, "copy", (self) => this.#copy(item, self));
    }
    if (isLast && item.kind !== "user") {
      this.#offer(footer, "retry", () => this.#act.retry());
    }
  }

  /** @param {import("./conversation.js").Item} item */
  #statusOf({ kind, status }) {
    if (status === "waiting" && kind === "user") {
      return this.#words("waiting");
    }
    if (kind !== "assistant") {
      return null;
    }
    return status === "stopped"
      ? this.#words("stopped")
      : status === "failed"
        ? this.#words("incomplete")
        : null;
  }

  /**
   * @param {HTMLElement} footer
   * @param {"edit" | "copy" | "retry"} word
   * @param {(button: HTMLButtonElement) => void} act
   */
  #offer(footer, word, act) {
    const offered = button(
      this.#words(word),
      () => act(offered),
      "quiet small",
    );
    footer.append(offered);
  }

  /**
   * @param {import("./conversation.js").Item} item
   * @param {HTMLButtonElement} offered
   */
  async #copy({ text }, offered) {
    await navigator.clipboard.writeText(text);
    offered.textContent = this.#words("copied");
  }
}
