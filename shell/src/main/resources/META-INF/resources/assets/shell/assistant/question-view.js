import { button, icon, make } from "../dom.js";
import { wordsOfMessage } from "./item-views.js";

/** @typedef {import("@pergola/client/agents.js").Item} Item */

/** What the person said, with a way to say something else instead. */
export class QuestionView {
  #words;
  #edit;
  #text = "";
  #button;
  #note = make("small");
  /** @type {any} */
  #message;
  /** @type {HTMLFormElement | null} */
  #form = null;

  /**
   * @param {import("./words.js").Words} words
   * @param {(text: string) => void} edit
   */
  constructor(words, edit) {
    this.#words = words;
    this.#edit = edit;
    this.#button = button(words("edit"), () => this.#open(), "quiet small");
    this.#button.prepend(icon("edit"));
    this.#note.textContent = words("later");
    this.#message = make("pergola-chat-message", {
      ...{ from: "user", name: words("you") },
    });
    this.#message.words = wordsOfMessage(words);
    this.element = make("div", { class: "pergola-chat-turn user" });
    this.element.append(this.#message);
  }

  /** @param {Item} item */
  update({ text, status }) {
    if (text !== this.#text) {
      this.#message.clear();
      this.#message.append(text);
      this.#message.finish();
      this.#text = text;
    }
    if (status === "waiting") {
      this.element.append(this.#note);
    } else {
      this.#note.remove();
    }
  }

  /** @param {boolean} isEditable */
  offer(isEditable) {
    if (!isEditable) {
      this.#button.remove();
      this.#close();
    } else if (this.#button.parentElement !== this.element) {
      // Moving it would take its focus away.
      this.element.append(this.#button);
    }
  }

  #open() {
    const field = make("textarea", {
      ...{ rows: "3", "aria-label": this.#words("editMessage") },
    });
    field.value = this.#text;
    const cancel = () => {
      this.#close();
      this.#button.focus();
    };
    this.#form = make(
      "form",
      { class: "pergola-form" },
      field,
      make(
        "div",
        { class: "pergola-actions" },
        make(
          "button",
          { class: "pergola-button primary small" },
          this.#words("sendAgain"),
        ),
        button(this.#words("cancel"), cancel, "small"),
      ),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim() !== "") {
        this.#close();
        this.#edit(field.value);
      }
    });
    this.#form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        cancel();
      }
    });
    this.#message.hidden = true;
    this.#button.hidden = true;
    this.element.append(this.#form);
    field.focus();
  }

  #close() {
    this.#form?.remove();
    this.#form = null;
    this.#message.hidden = false;
    this.#button.hidden = false;
  }
}
