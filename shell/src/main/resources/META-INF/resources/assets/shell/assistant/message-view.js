import { make } from "../dom.js";

/**
 * An answer of an agent: markdown, written by `pergola-chat-message` as it
 * arrives. Text is handed over once for each frame, however often it comes.
 */
export class AnswerView {
  /** @type {any} */
  #message;
  #pending = "";
  #written = 0;
  #frame = 0;

  /** @param {string} agent name of who answers */
  constructor(agent) {
    this.#message = make("pergola-chat-message", {
      author: "assistant",
      name: agent,
      streaming: "",
    });
    this.element = make("div", { class: "pergola-chat-item" }, this.#message);
  }

  /** @param {import("./conversation.js").Item} item */
  update({ text, status }) {
    const missing = text.slice(this.#written + this.#pending.length);
    if (missing !== "") {
      this.append(missing);
    }
    if (status !== "streaming") {
      this.#flush();
      this.#message.removeAttribute("streaming");
    }
  }

  /** @param {string} delta */
  append(delta) {
    this.#pending += delta;
    this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#pending !== "") {
      this.#message.append(this.#pending);
      this.#written += this.#pending.length;
      this.#pending = "";
    }
  }
}

/** What the person said. */
export class QuestionView {
  /** @param {string} you */
  constructor(you) {
    this.element = make("div", {
      class: "pergola-chat-message user",
      role: "article",
      "aria-label": you,
    });
  }

  /** @param {import("./conversation.js").Item} item */
  update({ text }) {
    this.element.textContent = text;
  }
}
