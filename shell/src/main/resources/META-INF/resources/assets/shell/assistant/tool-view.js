import { icon, make } from "../dom.js";

/**
 * The use of a tool, in line with the answer: which one, with what, and what
 * came of it.
 */
export class ToolView {
  #words;
  #name = make("strong");
  #status = make("span", { class: "pergola-badge info" });
  #time = make("span", { class: "pergola-quiet pergola-small" });
  #args = make("pre");
  #result = make("pre");
  #details;

  /** @param {ReturnType<typeof import("./words.js").assistantWords>} words */
  constructor(words) {
    this.#words = words;
    this.#details = make(
      "details",
      { class: "pergola-disclosure" },
      make("summary", {}, words("result")),
      this.#result,
    );
    this.#args.setAttribute("aria-label", words("arguments"));
    this.element = make(
      "section",
      { class: "pergola-card sunken" },
      make("header", {}, icon("wand"), this.#name, this.#status, this.#time),
      this.#args,
      this.#details,
    );
  }

  /** @param {import("./conversation.js").Item} item */
  update({ text, status, args, result, startedAt = 0, endedAt }) {
    const words = this.#words;
    const isDone = status === "done";
    const word = isDone
      ? "toolDone"
      : status === "streaming"
        ? "toolRunning"
        : "toolStopped";
    this.#name.textContent = text;
    this.#status.textContent = words(word);
    this.#status.className = `pergola-badge ${isDone ? "success" : "info"}`;
    this.#time.textContent = endedAt
      ? words("seconds", { seconds: ((endedAt - startedAt) / 1000).toFixed(1) })
      : "";
    this.#args.textContent = args ?? "";
    this.#args.hidden = !args;
    this.#result.textContent = result ?? "";
    this.#details.hidden = !result;
  }
}

/** Why an answer did not come, or not whole. */
export class ErrorView {
  #words;

  /** @param {ReturnType<typeof import("./words.js").assistantWords>} words */
  constructor(words) {
    this.#words = words;
    this.element = make("div", { class: "pergola-message danger" });
  }

  /** @param {import("./conversation.js").Item} item */
  update({ text }) {
    this.element.textContent =
      text === "connection"
        ? this.#words("lost")
        : this.#words("failed", { detail: text });
  }
}
