import { button, make } from "../dom.js";

/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {{ element: HTMLElement, update(item: Item): void }} ItemView */
/** @typedef {ReturnType<typeof import("./words.js").assistantWords>} Words */

/** A message: what the person typed, or what an agent writes as it arrives. */
export class MessageView {
  #written = 0;

  /**
   * @param {"user" | "assistant"} from
   * @param {string} [name] of who says it
   */
  constructor(from, name = "") {
    /** @type {any} */
    this.element = make("pergola-chat-message", { from, name });
  }

  /** @param {Item} item */
  update({ kind, text, status }) {
    this.append(text.slice(this.#written));
    if (kind === "assistant" && status === "streaming") {
      this.element.setAttribute("streaming", "");
    } else {
      this.element.finish({ stopped: status === "stopped" });
    }
  }

  /** @param {string} delta */
  append(delta) {
    if (delta !== "") {
      this.element.append(delta);
      this.#written += delta.length;
    }
  }
}

/** The use of a tool, in line with the answer. */
export class ToolView {
  #words;

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
    this.element = make("pergola-tool-card");
  }

  /** @param {Item} item */
  update({ text, status, args, result, startedAt = 0, endedAt }) {
    const seconds = endedAt && ((endedAt - startedAt) / 1000).toFixed(1);
    Object.assign(this.element, {
      sentence: text,
      state:
        status === "streaming"
          ? "running"
          : status === "done"
            ? "done"
            : "failed",
      arguments: args ?? "",
      result: result ?? "",
      duration: seconds ? this.#words("seconds", { seconds }) : "",
    });
  }
}

/** Why an answer did not come, or not whole, with a way to ask again. */
export class ErrorView {
  #text = make("p");
  #words;

  /**
   * @param {Words} words
   * @param {() => void} retry
   */
  constructor(words, retry) {
    this.#words = words;
    this.element = make(
      "div",
      { class: "pergola-message danger" },
      this.#text,
      make(
        "div",
        { class: "pergola-actions" },
        button(words("retry"), retry, "small"),
      ),
    );
  }

  /** @param {Item} item */
  update(item) {
    this.#text.textContent = reasonOf(item, this.#words);
  }
}

/**
 * @param {Item} item
 * @param {Words} words
 */
export function reasonOf({ text }, words) {
  return text === "connection"
    ? words("lost")
    : words("failed", { detail: text });
}
