import { linkOrText } from "./links.js";

/** Most characters a link may have before it is taken for text. */
const LONGEST_LINK = 1500;
const SPECIAL = /[\\`*_~[!<\n]|https?:\/\//g;
const UNFINISHED = /(?:h|ht|htt|http|https|https?:|https?:\/)$/;
const MARKS = { "**": "strong", __: "strong", "*": "em", _: "em", "~~": "del" };

/**
 * Writes the inline part of markdown into one element, as text nodes and a few elements, and
 * only ever at its end. What is not closed when the block ends turns back into what was typed.
 */
export class InlineWriter {
  #buffer = "";
  /** Last character written, to tell words from marks. */
  #before = " ";
  /** @type {{ mark: string, element: HTMLElement }[]} */
  #open = [];
  /** @type {HTMLElement} */
  #root;
  /** @type {Text | null} */
  #text = null;
  /** @type {string} backticks that opened the code span, or nothing */
  #code = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {string} text */
  write(text) {
    this.#buffer += text;
    this.#run(false);
  }

  /** Ends the block. */
  end() {
    this.#run(true);
    this.#text = null;
    while (this.#open.length > 0) {
      this.#unwrap();
    }
  }

  /** @param {boolean} isLast whether no more text follows */
  #run(isLast) {
    let used = 0;
    while (used < this.#buffer.length) {
      const taken = this.#step(this.#buffer, used, isLast);
      if (taken === 0) {
        break;
      }
      used += taken;
    }
    this.#buffer = this.#buffer.slice(used);
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   * @returns {number} characters taken; none when more text must come first
   */
  #step(text, at, isLast) {
    if (this.#code !== "") {
      return this.#inCode(text, at, isLast);
    }
    SPECIAL.lastIndex = at;
    const next = SPECIAL.exec(text);
    if (next === null || next.index > at) {
      const end = next?.index ?? text.length;
      return this.#plain(text.slice(at, end), next === null && !isLast);
    }
    switch (next[0]) {
      case "\\":
        return this.#escape(text, at, isLast);
      case "`":
        return this.#startCode(text, at, isLast);
      case "*":
      case "_":
      case "~":
        return this.#emphasis(text, at, isLast);
      case "[":
      case "!":
        return this.#link(text, at, isLast);
      case "<":
        return this.#angle(text, at, isLast);
      case "\n":
        return this.#literal("\n");
      default:
        return this.#bareLink(text, at, isLast);
    }
  }

  /**
   * @param {string} run
   * @param {boolean} isOpenEnd whether more may follow that changes its last characters
   */
  #plain(run, isOpenEnd) {
    const held = isOpenEnd ? (UNFINISHED.exec(run)?.[0].length ?? 0) : 0;
    const taken = run.slice(0, run.length - held);
    this.#append(taken);
    return taken.length;
  }

  /** @param {string} text */
  #literal(text) {
    this.#append(text);
    return text.length;
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #escape(text, at, isLast) {
    const next = text[at + 1];
    if (next === undefined) {
      return isLast ? this.#literal("\\") : 0;
    }
    if (/[!-/:-@[-`{-~]/.test(next)) {
      this.#append(next);
      return 2;
    }
    return this.#literal("\\");
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #startCode(text, at, isLast) {
    const run = /** @type {string} */ (/`+/.exec(text.slice(at))?.[0]);
    if (at + run.length === text.length && !isLast) {
      return 0;
    }
    if (isLast && !text.includes(run, at + run.length)) {
      return this.#literal(run);
    }
    this.#code = run;
    this.#enter("code", run);
    return run.length;
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #inCode(text, at, isLast) {
    const end = text.indexOf("`", at);
    if (end !== at) {
      return this.#literal(text.slice(at, end === -1 ? text.length : end));
    }
    const run = /** @type {string} */ (/`+/.exec(text.slice(at))?.[0]);
    if (at + run.length === text.length && !isLast) {
      return 0;
    }
    if (run === this.#code) {
      this.#code = "";
      this.#leave();
      return run.length;
    }
    return this.#literal(run);
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #emphasis(text, at, isLast) {
    const run = /** @type {string} */ (/(.)\1*/.exec(text.slice(at))?.[0]);
    if (at + run.length === text.length && !isLast) {
      return 0;
    }
    const innermost = this.#open.at(-1)?.mark;
    const closesBoth = run.length > 2 && innermost !== undefined && run.startsWith(innermost);
    const mark = closesBoth ? innermost : run.slice(0, 2);
    const element = MARKS[/** @type {keyof typeof MARKS} */ (mark)];
    const after = text[at + run.length] ?? " ";
    const isOpen = this.#open.at(-1)?.mark === mark;
    if (element === undefined) {
      return this.#literal(run);
    }
    const isInWord = mark[0] === "_" && isWord(this.#before) && isWord(after);
    if (isOpen && this.#before.trim() !== "" && !isInWord) {
      this.#leave();
      return mark.length;
    }
    const isOpenedBefore = this.#open.some((each) => each.mark === mark);
    if (after.trim() !== "" && !isOpenedBefore && !isInWord && !(mark[0] === "_" && isWord(this.#before))) {
      this.#enter(element, mark);
      return mark.length;
    }
    if (isOpenedBefore && this.#before.trim() !== "") {
      while (this.#open.at(-1)?.mark !== mark) {
        this.#unwrap();
      }
      this.#leave();
      return mark.length;
    }
    return this.#literal(mark);
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #link(text, at, isLast) {
    const isImage = text[at] === "!";
    if (isImage && text[at + 1] !== "[") {
      return at + 1 === text.length && !isLast ? 0 : this.#literal("!");
    }
    const rest = text.slice(at + (isImage ? 1 : 0), at + LONGEST_LINK);
    const match =
      /^\[((?:[^[\]\\\n]|\\.|\[[^[\]\n]*\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/.exec(
        rest,
      );
    if (match !== null) {
      this.#place(linkOrText(plain(match[1]) || match[2], match[2]));
      return match[0].length + (isImage ? 1 : 0);
    }
    const mayGrow = /^\[(?:[^[\]\n\\]|\\.|\[[^[\]\n]*\])*(?:\]?|\]\([^)\n]*)$/.test(rest);
    return mayGrow && !isLast && rest.length < LONGEST_LINK - 2
      ? 0
      : this.#literal(isImage ? "![" : "[");
  }

  /**
   * Text between angle brackets is an address or just text; never a tag.
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #angle(text, at, isLast) {
    const rest = text.slice(at, at + LONGEST_LINK);
    const match = /^<((?:https:\/\/|mailto:)[^\s<>]+)>/.exec(rest);
    if (match !== null) {
      this.#place(linkOrText(match[1].replace(/^mailto:/, ""), match[1]));
      return match[0].length;
    }
    const mayGrow = /^<(?:h(?:t(?:t(?:p(?:s(?::[^\s<>]*)?)?)?)?)?|m(?:a(?:i(?:l(?:t(?:o(?::[^\s<>]*)?)?)?)?)?)?)?$/.test(rest);
    return mayGrow && !isLast && rest.length < LONGEST_LINK - 2 ? 0 : this.#literal("<");
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {boolean} isLast
   */
  #bareLink(text, at, isLast) {
    const rest = text.slice(at, at + LONGEST_LINK);
    const match = /** @type {RegExpExecArray} */ (/^https?:\/\/[^\s<>`*]*/.exec(rest));
    if (match[0].length === rest.length && !isLast && rest.length < LONGEST_LINK - 2) {
      return 0;
    }
    const address = match[0].replace(/[.,;:!?'")\]]+$/, "");
    this.#place(isWord(this.#before) ? document.createTextNode(address) : linkOrText(address, address));
    return address.length;
  }

  #parent() {
    return this.#open.at(-1)?.element ?? this.#root;
  }

  /** @param {string} text */
  #append(text) {
    if (text === "") {
      return;
    }
    if (this.#text === null) {
      this.#text = document.createTextNode(text);
      this.#parent().append(this.#text);
    } else {
      this.#text.appendData(text);
    }
    this.#before = text[text.length - 1];
  }

  /** @param {Node} node */
  #place(node) {
    this.#parent().append(node);
    this.#text = null;
    this.#before = "x";
  }

  /**
   * @param {string} name
   * @param {string} mark
   */
  #enter(name, mark) {
    const element = document.createElement(name);
    this.#parent().append(element);
    this.#open.push({ mark, element });
    this.#text = null;
  }

  #leave() {
    this.#open.pop();
    this.#text = null;
    this.#before = "x";
  }

  #unwrap() {
    const { mark, element } = /** @type {{ mark: string, element: HTMLElement }} */ (this.#open.pop());
    element.replaceWith(mark, ...element.childNodes);
    this.#text = null;
    this.#code = "";
  }
}

/** @param {string} character */
function isWord(character) {
  return /[\p{L}\p{N}]/u.test(character);
}

/**
 * Text of a link's label without its marks.
 * @param {string} label
 */
function plain(label) {
  return label.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/(\*\*|__|`|~~)/g, "");
}
