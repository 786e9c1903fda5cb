import { GONE, LOST } from "@pergola/client/agents.js";
import { button, make } from "../dom.js";
import { NOT_RECALLED } from "./outlines.js";

/** @typedef {import("@pergola/client/agents.js").Item} Item */
/** @typedef {{ element: HTMLElement, update(item: Item, isStopping: boolean): void }} ItemView */
/** @typedef {import("./words.js").Words} Words */

/** Words that stand in the elements of the design system. @param {Words} words */
export function wordsOfMessage(words) {
  return {
    you: words("you"),
    copy: words("copy"),
    copyMarkdown: words("copyMarkdown"),
    copyCode: words("copyCode"),
    copied: words("copied"),
    notCopied: words("notCopied"),
    stopped: words("stopped"),
  };
}

/** Why an answer did not come, or not whole, with a way to ask again. */
export class ErrorView {
  #text = make("p");
  #id = make("p", { class: "pergola-quiet pergola-small" });
  #actions;
  #words;

  /**
   * @param {Words} words
   * @param {() => void} retry
   */
  constructor(words, retry) {
    this.#words = words;
    this.#actions = make(
      "div",
      { class: "pergola-actions" },
      button(words("retry"), retry, "small"),
    );
    this.element = make(
      "div",
      { class: "pergola-message danger" },
      this.#text,
      this.#id,
    );
  }

  /** @param {Item} item */
  update(item) {
    const { traceId: id = "" } = item;
    this.#text.textContent = reasonOf(item, this.#words);
    this.#id.textContent = this.#words("errorId", { id });
    this.#id.hidden = id === "";
  }

  /** @param {boolean} isOffered whether asking again would take away nothing that came later */
  offer(isOffered) {
    if (!isOffered) {
      this.#actions.remove();
    } else if (this.#actions.parentElement !== this.element) {
      this.element.append(this.#actions);
    }
  }
}

/**
 * @param {Item} item
 * @param {Words} words
 */
export function reasonOf({ text }, words) {
  switch (text) {
    case LOST:
      return words("lost");
    case GONE:
      return words("gone");
    case NOT_RECALLED:
      return words("notRecalled");
    default:
      return words("failed", { detail: text });
  }
}
