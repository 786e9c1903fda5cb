import { copy } from "./copying.js";

const ENGLISH = { copied: "Copied", notCopied: "Could not be copied" };

/**
 * A fenced code block with a button that copies it.
 */
export class CodeBlock {
  #fence;
  #code = document.createElement("code");
  #isEmpty = true;

  /**
   * @param {HTMLElement} parent
   * @param {string} fence
   * @param {string} language shown, never used for anything else
   * @param {import("./markdown.js").MarkdownOptions} options
   */
  constructor(parent, fence, language, options) {
    this.#fence = fence;
    const block = document.createElement("div");
    block.className = "code";
    const head = document.createElement("div");
    const name = document.createElement("span");
    name.textContent = language;
    head.append(name, this.#button(options));
    const pre = document.createElement("pre");
    // It may scroll, so the keyboard must reach it.
    pre.tabIndex = 0;
    pre.append(this.#code);
    block.append(head, pre);
    parent.append(block);
  }

  /**
   * @param {string} text
   * @returns {boolean} false when this line closed the block
   */
  line(text) {
    const closing = text.trim();
    if (
      closing.length >= this.#fence.length &&
      closing[0] === this.#fence[0] &&
      closing === closing[0].repeat(closing.length)
    ) {
      return false;
    }
    this.#code.append(this.#isEmpty ? text : `\n${text}`);
    this.#isEmpty = false;
    return true;
  }

  /** @param {import("./markdown.js").MarkdownOptions} options */
  #button({ copyLabel = "Copy code", copyWords = ENGLISH }) {
    const label = document.createElement("span");
    label.textContent = copyLabel;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.append(label);
    button.addEventListener("click", () => copy(this.#code.textContent ?? "", button, copyWords));
    return button;
  }
}
