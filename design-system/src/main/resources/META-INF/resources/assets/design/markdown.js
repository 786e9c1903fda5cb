import { CodeBlock } from "./markdown-code.js";
import { InlineWriter } from "./markdown-inline.js";
import { TableBlock } from "./markdown-table.js";

/**
 * @typedef {object} MarkdownOptions
 * @property {string} [copyLabel] label of the button that copies code
 * @property {import("./copying.js").CopyWords} [copyWords] what it says after it was pressed
 */

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const ITEM = /^( *)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/;
const TASK = /^\[([ xX])\]\s+/;
/** A line that may still become something other than the next words of a paragraph. */
const UNDECIDED =
  /^\s*$|^ {0,3}(?:`{1,2}$|`{3}|~{1,2}$|~{3}|#{1,6}(?:\s|$)|\||>|[-*_][-*_\s]*$)|^ *(?:[-*+](?:\s|$)|\d{1,9}(?:[.)](?:\s|$)|$))/;
/** An item whose text is long enough to be no rule and no task's box. */
const ITEM_BEGUN = /^ *(?:[-*+]|\d{1,9}[.)])\s+(?![-*_\s]*$)(?!\[.?.?.?$).+$/;

/**
 * Turns markdown into elements while it arrives. Only ever appends: what stands, stands, and a
 * piece costs the same however long the text before it is. There is no way to HTML in here:
 * text becomes text nodes, and links pass `safeLink`.
 */
export class MarkdownWriter {
  /** @type {HTMLElement} */
  #root;
  #options;
  /** Line that has begun. */
  #line = "";
  /** Whether the line's beginning has already been written. */
  #isStarted = false;
  /** @type {InlineWriter | null} words of the open paragraph or item */
  #words = null;
  /** @type {HTMLElement | null} */
  #quote = null;
  /** @type {{ indent: number, list: HTMLElement, item: HTMLElement }[]} */
  #lists = [];
  /** @type {CodeBlock | null} */
  #code = null;
  /** @type {TableBlock | null} */
  #table = null;

  /**
   * @param {HTMLElement} root empty element to write into
   * @param {MarkdownOptions} [options]
   */
  constructor(root, options = {}) {
    this.#root = root;
    this.#options = options;
  }

  /** @param {string} text next piece, cut anywhere */
  write(text) {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.#piece(text.slice(from, end).replace(/\r$/, ""));
      this.#endLine();
      from = end + 1;
    }
    this.#piece(text.slice(from));
  }

  /** Ends the text. */
  end() {
    if (this.#line !== "" || this.#isStarted) {
      this.#endLine();
    }
    this.#endTable();
    this.#endBlock();
    this.#code = null;
  }

  /** @param {string} text without a line end */
  #piece(text) {
    if (text === "") {
      return;
    }
    if (this.#isStarted) {
      this.#words?.write(text);
      return;
    }
    this.#line += text;
    if (this.#code !== null || this.#table !== null) {
      return;
    }
    if (ITEM_BEGUN.test(this.#line)) {
      this.#isStarted = true;
      this.#marked(this.#line);
    } else if (!UNDECIDED.test(this.#line)) {
      this.#isStarted = true;
      this.#continueWords(this.#line);
    }
  }

  #endLine() {
    const line = this.#line;
    const wasStarted = this.#isStarted;
    this.#line = "";
    this.#isStarted = false;
    if (!wasStarted) {
      this.#whole(line);
    }
  }

  /** @param {string} line that begins with a mark, or is empty */
  #whole(line) {
    if (this.#code !== null) {
      if (!this.#code.line(line)) {
        this.#code = null;
      }
      return;
    }
    if (this.#table !== null) {
      if (this.#table.line(line)) {
        return;
      }
      this.#endTable();
    }
    if (line.trim() === "") {
      this.#endWords();
      this.#quote = null;
      return;
    }
    this.#marked(line);
  }

  /** @param {string} line */
  #marked(line) {
    const fence = FENCE.exec(line.trimStart());
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (fence !== null) {
      this.#endWords();
      this.#leaveListUnless(line);
      this.#code = new CodeBlock(this.#place(), fence[1], fence[2], this.#options);
    } else if (heading !== null) {
      this.#heading(heading[1].length, heading[2]);
    } else if (RULE.test(line)) {
      this.#endBlock();
      this.#root.append(document.createElement("hr"));
    } else if (item !== null) {
      this.#item(item[1].length, item[3], item[4]);
    } else if (/^ {0,3}>/.test(line)) {
      this.#quoted(line.replace(/^ {0,3}> ?/, ""));
    } else if (/^ *\|/.test(line)) {
      this.#endWords();
      this.#leaveListUnless(line);
      this.#table = new TableBlock(this.#place(), line);
    } else {
      this.#continueWords(line);
    }
  }

  /**
   * Headings start below those of the page around.
   * @param {number} level
   * @param {string} text
   */
  #heading(level, text) {
    this.#endBlock();
    const heading = document.createElement(`h${Math.min(6, level + 2)}`);
    this.#root.append(heading);
    const words = new InlineWriter(heading);
    words.write(text);
    words.end();
  }

  /**
   * @param {number} indent
   * @param {string | undefined} number of an ordered item
   * @param {string} text
   */
  #item(indent, number, text) {
    this.#endWords();
    while (this.#lists.length > 1 && indent < /** @type {any} */ (this.#lists.at(-1)).indent) {
      this.#lists.pop();
    }
    const name = number === undefined ? "UL" : "OL";
    let open = this.#lists.at(-1);
    if (open !== undefined && indent < open.indent + 2 && open.list.tagName !== name) {
      this.#lists.pop();
      open = this.#lists.at(-1);
    }
    if (open === undefined || indent >= open.indent + 2) {
      open = this.#openList(indent, name, number);
    }
    open.item = document.createElement("li");
    open.list.append(open.item);
    const task = TASK.exec(text);
    if (task !== null) {
      open.item.className = "task";
      open.item.append(task[1] === " " ? "☐ " : "☑ ");
    }
    this.#words = new InlineWriter(open.item);
    this.#words.write(task === null ? text : text.slice(task[0].length));
  }

  /**
   * @param {number} indent
   * @param {string} name
   * @param {string | undefined} number
   */
  #openList(indent, name, number) {
    const list = document.createElement(name);
    if (number !== undefined && number !== "1") {
      list.setAttribute("start", String(Number(number)));
    }
    (this.#lists.at(-1)?.item ?? this.#quote ?? this.#root).append(list);
    const open = { indent, list, item: list };
    this.#lists.push(open);
    return open;
  }

  /** @param {string} text */
  #quoted(text) {
    if (this.#quote === null) {
      this.#endBlock();
      this.#quote = document.createElement("blockquote");
      this.#root.append(this.#quote);
    }
    if (text.trim() === "") {
      this.#endWords();
    } else {
      this.#continueWords(text);
    }
  }

  /** @param {string} text next words of the open paragraph or item, or of a new paragraph */
  #continueWords(text) {
    if (this.#words !== null) {
      this.#words.write(`\n${text.trimStart()}`);
      return;
    }
    this.#leaveListUnless(text);
    const paragraph = document.createElement("p");
    this.#place().append(paragraph);
    this.#words = new InlineWriter(paragraph);
    this.#words.write(text.trimStart());
  }

  /** @param {string} line that stays in the list when it is indented */
  #leaveListUnless(line) {
    if (!/^ {2,}/.test(line)) {
      this.#lists = [];
    }
  }

  /** Where the next block goes. */
  #place() {
    return this.#lists.at(-1)?.item ?? this.#quote ?? this.#root;
  }

  #endTable() {
    const rest = this.#table?.end() ?? "";
    this.#table = null;
    if (rest !== "") {
      this.#continueWords(rest);
    }
  }

  #endWords() {
    this.#words?.end();
    this.#words = null;
  }

  #endBlock() {
    this.#endWords();
    this.#lists = [];
    this.#quote = null;
  }
}
