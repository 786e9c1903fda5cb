import { button, make } from "../dom.js";
import { iconButton } from "./header.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */

/** The conversations to go back to, with a way to name and to delete each. */
export class HistoryView {
  #words;
  #act;
  #locale;
  #list = make("ul", { class: "pergola-list" });
  /** Conversation that is being named. */
  #renamed = "";
  /** @type {{ title: string, restore: () => void } | null} */
  #deleted = null;
  /** @type {readonly AgentConversation[]} */
  #shown = [];

  /**
   * @param {import("./words.js").Words} words
   * @param {{ select: (id: string) => void, remove: (id: string) => () => void }} act
   * @param {string} locale
   */
  constructor(words, act, locale) {
    this.#words = words;
    this.#act = act;
    this.#locale = locale;
    this.element = make(
      "nav",
      { class: "pergola-assistant-history", "aria-label": words("history") },
      this.#list,
    );
  }

  /**
   * @param {readonly AgentConversation[]} list
   * @param {AgentConversation | undefined} current
   */
  show(list, current) {
    if (this.#renamed !== "") {
      // Not below the person's fingers.
      return;
    }
    this.#shown = list.filter(
      ({ items, data }) => items.length > 0 || data.title !== undefined,
    );
    const rows = this.#shown.map((one) => this.#row(one, one === current));
    this.#list.replaceChildren(...this.#undo(), ...rows);
    if (this.#list.childElementCount === 0) {
      this.#list.append(make("li", {}, this.#words("noHistory")));
    }
  }

  focus() {
    const chosen = this.#list.querySelector("[aria-current]");
    const first = chosen ?? this.#list.querySelector("button");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  /** Forgets what could be undone. */
  close() {
    this.#deleted = null;
    this.#renamed = "";
  }

  /**
   * @param {AgentConversation} conversation
   * @param {boolean} isCurrent
   */
  #row(conversation, isCurrent) {
    const { id } = conversation.data;
    const title = titleOf(conversation, this.#words("newConversation"));
    const open = button("", () => this.#act.select(id), "quiet");
    open.append(
      make("span", { class: "pergola-truncate" }, title),
      make("small", { class: "pergola-quiet" }, this.#about(conversation)),
    );
    if (isCurrent) {
      open.setAttribute("aria-current", "true");
    }
    const row = make("li", {}, open);
    row.append(
      iconButton(
        "edit",
        this.#words("rename", { title }),
        () => this.#rename(row, conversation, title),
        "small",
      ),
      iconButton(
        "trash",
        this.#words("delete", { title }),
        () => this.#remove(id, title),
        "small",
      ),
    );
    return row;
  }

  /** @param {AgentConversation} conversation */
  #about({ data, status }) {
    const state =
      status === "asking"
        ? this.#words("needsAnswer")
        : status === "idle"
          ? data.updatedAt > 0 && this.#when(data.updatedAt)
          : this.#words("running");
    return [data.agent.title, state].filter(Boolean).join(" · ");
  }

  /** @param {number} at milliseconds since 1970 */
  #when(at) {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(
      this.#locale,
      isToday ? { timeStyle: "short" } : { dateStyle: "medium" },
    ).format(at);
  }

  /**
   * @param {HTMLElement} row
   * @param {AgentConversation} conversation
   * @param {string} title
   */
  #rename(row, conversation, title) {
    this.#renamed = conversation.data.id;
    const label = this.#words("title");
    const field = make("input", { "aria-label": label, maxlength: "120" });
    field.value = title;
    const done = () => {
      this.#renamed = "";
    };
    const form = make(
      "form",
      {},
      field,
      make(
        "button",
        { class: "pergola-button primary small" },
        this.#words("save"),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done();
      conversation.rename(field.value);
      this.focus();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        done();
        conversation.rename(conversation.data.title);
        this.focus();
      }
    });
    row.replaceChildren(form);
    field.select();
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  #remove(id, title) {
    const restore = this.#act.remove(id);
    this.#deleted = { title, restore };
    // Drawn again with the way back, which gets the focus of the button that is gone.
    this.show(
      this.#shown.filter(({ data }) => data.id !== id),
      undefined,
    );
    this.#list.querySelector("button")?.focus();
  }

  #undo() {
    if (this.#deleted === null) {
      return [];
    }
    const { title, restore } = this.#deleted;
    const undo = () => {
      this.#deleted = null;
      restore();
      this.focus();
    };
    return [
      make(
        "li",
        { class: "pergola-quiet" },
        make(
          "span",
          { class: "pergola-truncate" },
          this.#words("deleted", { title }),
        ),
        button(this.#words("undo"), undo, "small"),
      ),
    ];
  }
}

/**
 * @param {AgentConversation} conversation
 * @param {string} otherwise
 */
function titleOf({ data, items }, otherwise) {
  const said = items.find(({ kind }) => kind === "user")?.text.slice(0, 80);
  return data.title ?? said ?? otherwise;
}
