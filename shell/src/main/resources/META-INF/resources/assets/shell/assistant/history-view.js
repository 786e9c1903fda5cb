import { button, make } from "../dom.js";
import { HistoryRow } from "./history-row.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */
/**
 * @typedef {object} HistoryActs
 * @property {(id: string) => void} select
 * @property {(id: string, title: string) => void} rename
 * @property {(id: string) => () => void} remove gives the way back
 * @property {() => void} refresh asks the portal again
 */

/** The conversations to go back to. Rows stay where they are while others change. */
export class HistoryView {
  #words;
  #act;
  #locale;
  #list = make("ul", { class: "pergola-list" });
  #none;
  #unlisted;
  /** @type {Map<string, HistoryRow>} */
  #rows = new Map();
  /** Say what was deleted, with the way back; newest first. @type {HTMLElement[]} */
  #deleted = [];

  /**
   * @param {import("./words.js").Words} words
   * @param {HistoryActs} act
   * @param {string} locale
   */
  constructor(words, act, locale) {
    this.#words = words;
    this.#act = act;
    this.#locale = locale;
    this.#none = make("li", {}, words("noHistory"));
    this.#unlisted = make(
      "li",
      {},
      make("span", { class: "pergola-quiet" }, words("notListed")),
      button(words("retry"), act.refresh, "small"),
    );
    this.element = make(
      "nav",
      { class: "pergola-assistant-history", "aria-label": words("history") },
      this.#list,
    );
  }

  /**
   * @param {readonly AgentConversation[]} list
   * @param {AgentConversation | undefined} current
   * @param {boolean} isUnlisted whether the portal could not be asked for more
   */
  show(list, current, isUnlisted) {
    const shown = list.filter(
      ({ items, data }) => items.length > 0 || data.title !== undefined,
    );
    const rows = shown.map((one) => this.#row(one, one === current).element);
    const known = [...this.#deleted, ...rows];
    const none = known.length === 0 ? [this.#none] : [];
    this.#arrange([...known, ...(isUnlisted ? [this.#unlisted] : none)]);
  }

  focus() {
    const chosen = this.#list.querySelector("[aria-current]");
    const first = chosen ?? this.#list.querySelector("button");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  /** Forgets what could be undone, and what is being named. */
  close() {
    this.#deleted = [];
    this.#rows.forEach((row) => row.close());
  }

  /**
   * @param {AgentConversation} conversation
   * @param {boolean} isCurrent
   */
  #row(conversation, isCurrent) {
    const { id } = conversation.data;
    const row = this.#rows.get(id) ?? this.#create(id);
    this.#rows.set(id, row);
    const title = titleOf(conversation, this.#words("newConversation"));
    row.update(title, this.#about(conversation), isCurrent);
    return row;
  }

  /** @param {string} id */
  #create(id) {
    return new HistoryRow(this.#words, {
      select: () => this.#act.select(id),
      rename: (title) => this.#act.rename(id, title),
      remove: (title) => this.#remove(id, title),
    });
  }

  /**
   * Takes out what is not shown and puts in what is new; what stays keeps the focus.
   * @param {HTMLElement[]} shown in their order
   */
  #arrange(shown) {
    const staying = new Set(shown);
    const focused = document.activeElement;
    const hadFocus = this.#list.contains(focused);
    for (const child of [...this.#list.children]) {
      if (!staying.has(/** @type {HTMLElement} */ (child))) {
        child.remove();
      }
    }
    shown.forEach((child, index) => {
      const at = this.#list.children[index] ?? null;
      if (at !== child) {
        this.#list.insertBefore(child, at);
      }
    });
    if (this.#list.contains(focused)) {
      // A row that was moved has lost it.
      /** @type {HTMLElement} */ (focused).focus();
    } else if (hadFocus) {
      this.focus();
    }
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
   * @param {string} id
   * @param {string} title
   */
  #remove(id, title) {
    /** @type {() => void} */
    let restore = () => {};
    const undo = button(
      this.#words("undo"),
      () => {
        this.#deleted = this.#deleted.filter((one) => one !== deleted);
        restore();
        this.#rows.get(id)?.focus();
      },
      "small",
    );
    const deleted = make(
      "li",
      { class: "pergola-quiet" },
      make(
        "span",
        { class: "pergola-truncate" },
        this.#words("deleted", { title }),
      ),
      undo,
    );
    this.#deleted.unshift(deleted);
    // Shows what is left, and the way back.
    restore = this.#act.remove(id);
    undo.focus();
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
