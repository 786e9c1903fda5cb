import { InlineWriter } from "./markdown-inline.js";

const DELIMITER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * A table of lines that begin with `|`. Rows appear when their line is complete.
 */
export class TableBlock {
  #parent;
  #head;
  /** @type {HTMLElement | null} */
  #body = null;
  /** @type {string[]} */
  #alignments = [];

  /**
   * @param {HTMLElement} parent
   * @param {string} head first line
   */
  constructor(parent, head) {
    this.#parent = parent;
    this.#head = head;
  }

  /**
   * @param {string} line
   * @returns {boolean} false when the line is not of this table
   */
  line(line) {
    if (this.#body === null) {
      if (!DELIMITER.test(line)) {
        return false;
      }
      this.#start(line);
      return true;
    }
    if (!/^ {0,3}\|/.test(line)) {
      return false;
    }
    this.#body.append(this.#row(line, "td"));
    return true;
  }

  /** @returns {string} the first line, when it turned out to be no table */
  end() {
    return this.#body === null ? this.#head : "";
  }

  /** @param {string} delimiter */
  #start(delimiter) {
    this.#alignments = cells(delimiter).map((cell) => (/^-+:$/.test(cell) ? "end" : /^:-+:$/.test(cell) ? "center" : ""));
    const frame = document.createElement("div");
    frame.className = "table";
    // It may scroll, so the keyboard must reach it.
    frame.tabIndex = 0;
    const table = document.createElement("table");
    const head = document.createElement("thead");
    head.append(this.#row(this.#head, "th"));
    this.#body = document.createElement("tbody");
    table.append(head, this.#body);
    frame.append(table);
    this.#parent.append(frame);
  }

  /**
   * @param {string} line
   * @param {"th" | "td"} name
   */
  #row(line, name) {
    const row = document.createElement("tr");
    const texts = cells(line);
    for (const [index, alignment] of this.#alignments.entries()) {
      const cell = document.createElement(name);
      cell.className = alignment;
      const words = new InlineWriter(cell);
      words.write(texts[index] ?? "");
      words.end();
      row.append(cell);
    }
    return row;
  }
}

/** @param {string} line */
function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
