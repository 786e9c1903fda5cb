import { button, make } from "../dom.js";
import { iconButton } from "./header.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */
/**
 * @typedef {object} RowActs
 * @property {() => void} select
 * @property {(title: string) => void} rename
 * @property {(title: string) => void} remove
 */

/** One conversation to go back to, with a way to name and to delete it. */
export class HistoryRow {
  #words;
  #act;
  #title = make("span", { class: "pergola-truncate" });
  #about = make("small", { class: "pergola-quiet" });
  #open;
  #rename;
  #remove;

  /**
   * @param {import("./words.js").Words} words
   * @param {RowActs} act
   */
  constructor(words, act) {
    this.#words = words;
    this.#act = act;
    this.#open = button("", act.select, "quiet");
    this.#open.append(this.#title, this.#about);
    this.#rename = iconButton("edit", "", () => this.#name(), "small");
    this.#remove = iconButton(
      "trash",
      "",
      () => act.remove(this.#shownTitle),
      "small",
    );
    this.element = make("li");
    this.#showButtons();
  }

  /**
   * @param {string} title
   * @param {string} about agent and state
   * @param {boolean} isCurrent
   */
  update(title, about, isCurrent) {
    this.#title.textContent = title;
    this.#about.textContent = about;
    label(this.#rename, this.#words("rename", { title }));
    label(this.#remove, this.#words("delete", { title }));
    if (isCurrent) {
      this.#open.setAttribute("aria-current", "true");
    } else {
      this.#open.removeAttribute("aria-current");
    }
  }

  focus() {
    this.#open.focus();
  }

  /** Leaves the name as it is. */
  close() {
    this.#showButtons();
  }

  get #shownTitle() {
    return this.#title.textContent ?? "";
  }

  #showButtons() {
    this.element.replaceChildren(this.#open, this.#rename, this.#remove);
  }

  #name() {
    const field = make("input", {
      ...{ "aria-label": this.#words("title"), maxlength: "120" },
    });
    field.value = this.#shownTitle;
    const look = { class: "pergola-button primary small" };
    const form = make(
      "form",
      {},
      field,
      make("button", look, this.#words("save")),
    );
    const close = () => {
      this.#showButtons();
      this.#rename.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#act.rename(field.value);
      close();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
    this.element.replaceChildren(form);
    // Selecting alone takes the focus in some browsers only.
    field.focus();
    field.select();
  }
}

/**
 * @param {HTMLElement} control
 * @param {string} text
 */
function label(control, text) {
  control.setAttribute("aria-label", text);
  control.title = text;
}
