import { css, html, LitElement, nothing } from "lit";
import { copy } from "./copying.js";
import { MarkdownWriter } from "./markdown.js";
import { markdownStyles } from "./markdown-styles.js";
import { plainText } from "./plain-text.js";
import { baseStyles, buttonStyles } from "./shared-styles.js";

const ENGLISH = {
  you: "You",
  copy: "Copy",
  copyMarkdown: "Copy as Markdown",
  copyCode: "Copy code",
  copied: "Copied",
  notCopied: "Could not be copied",
  stopped: "Stopped",
};

/**
 * One message of a conversation. An agent's words are markdown that appears as it arrives; a
 * person's words are shown as typed. Neither can bring HTML, scripts or images into the page.
 *
 * @slot - more of the message, as tool cards
 * @slot actions - more buttons below an agent's message
 * @csspart content the words
 * @csspart name who says it
 * @csspart actions buttons below the words
 * @fires pergola-chat-message-copy after the words were copied
 */
export class PergolaChatMessage extends LitElement {
  static properties = {
    /** Who says it: `user` or `assistant`. */
    from: { reflect: true },
    /** Shown name of who says it. */
    name: {},
    /** Whether words are still coming. */
    streaming: { type: Boolean, reflect: true },
    /** Whether the person stopped it. */
    stopped: { type: Boolean, reflect: true },
    /** Words of the element itself, to translate them; English where one is missing. */
    words: { attribute: false },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    markdownStyles,
    css`
      :host {
        display: block;
        max-inline-size: 100%;
        contain: layout style;
      }

      :host([from="user"]) {
        align-self: flex-end;
        max-inline-size: 85%;
        padding: var(--pergola-space-small) var(--pergola-space-medium);
        border-radius: var(--pergola-radius-panel);
        border-end-end-radius: var(--pergola-radius-small);
        color: var(--pergola-chat-user-text);
        background: var(--pergola-chat-user-surface);
      }

      :host([from="user"]) .markdown {
        white-space: pre-wrap;
      }

      header {
        display: flex;
        align-items: center;
        gap: var(--pergola-space-small);
        margin-block-end: var(--pergola-space-tight);
        color: var(--pergola-color-assistant-text);
        font-size: var(--pergola-font-size-small);
        font-weight: var(--pergola-font-weight-medium);
      }

      .sign {
        display: inline-grid;
        place-items: center;
        inline-size: 1.5rem;
        block-size: 1.5rem;
        border-radius: 50%;
        background: var(--pergola-color-assistant-surface);
        box-shadow: inset 0 0 0 1px
          color-mix(
            in oklab,
            var(--pergola-color-assistant-border) 45%,
            transparent
          );
      }

      .waiting {
        display: inline-flex;
        gap: 0.3em;
        padding-block: 0.5em;
      }

      .waiting i {
        inline-size: 0.45em;
        block-size: 0.45em;
        border-radius: 50%;
        background: var(--pergola-color-assistant-border);
        animation: wait var(--pergola-motion-duration-loop) infinite;
      }

      .waiting i:nth-child(2) {
        animation-delay: calc(var(--pergola-motion-duration-loop) / 7);
      }

      .waiting i:nth-child(3) {
        animation-delay: calc(var(--pergola-motion-duration-loop) / 3.5);
      }

      @keyframes wait {
        0%,
        60%,
        100% {
          opacity: 0.3;
        }
        30% {
          opacity: 1;
        }
      }

      .note {
        margin: var(--pergola-space-small) 0 0;
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-small);
        font-style: italic;
      }

      ::slotted(:not([slot])) {
        margin-block-start: var(--pergola-space-small);
      }

      [part="actions"] {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--pergola-space-tight);
        margin-block-start: var(--pergola-space-tight);
        margin-inline-start: calc(-1 * var(--pergola-space-small));
        color: var(--pergola-color-text-quiet);
      }

      @media (forced-colors: active) {
        :host([from="user"]) {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  /** Where the words are; Lit never looks inside. */
  #content = document.createElement("div");
  /** @type {MarkdownWriter | null} */
  #writer = null;
  #text = "";
  #waiting = "";
  #frame = 0;

  constructor() {
    super();
    /** @type {"user" | "assistant"} */
    this.from = "assistant";
    this.name = "";
    this.streaming = false;
    this.stopped = false;
    /** @type {Partial<typeof ENGLISH>} */
    this.words = ENGLISH;
    this.#content.className = "markdown";
    this.#content.part.add("content");
  }

  connectedCallback() {
    super.connectedCallback();
    // Words that stood here before the element was defined.
    for (const node of [...this.childNodes]) {
      if (node instanceof Text) {
        const text = node.data;
        node.remove();
        if (text.trim() !== "") {
          this.append(text);
        }
      }
    }
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.get("streaming") === true && !this.streaming) {
      this.#end();
    }
  }

  get #says() {
    return { ...ENGLISH, ...this.words };
  }

  /** The words so far, as markdown. */
  get text() {
    return this.#text;
  }

  /**
   * Adds words. They appear with the next frame, however many pieces came before it.
   * @param {string} text next piece, cut anywhere
   */
  append(text) {
    if (this.#text === "") {
      this.requestUpdate();
    }
    this.#text += text;
    this.#waiting += text;
    if (document.hidden) {
      // There are no frames to wait for.
      this.#flush();
    } else {
      this.#frame ||= requestAnimationFrame(() => this.#flush());
    }
  }

  /**
   * Ends the words: what was open is closed.
   * @param {{ stopped?: boolean }} [options]
   */
  finish({ stopped = false } = {}) {
    this.#end();
    this.streaming = false;
    this.stopped = stopped;
  }

  #end() {
    this.#flush();
    this.#writer?.end();
    this.#writer = null;
  }

  /** Takes all words away, to write others. */
  clear() {
    this.#flush();
    this.#text = "";
    this.#writer = null;
    this.#content.replaceChildren();
    this.stopped = false;
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#flush();
  }

  #flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const text = this.#waiting;
    this.#waiting = "";
    if (text === "") {
      return;
    }
    if (this.from === "user") {
      this.#content.append(text);
      return;
    }
    this.#writer ??= new MarkdownWriter(this.#content, {
      copyLabel: this.#says.copyCode,
      copyWords: this.#says,
    });
    this.#writer.write(text);
  }

  /**
   * @param {Event} event of the button
   * @param {string} text
   */
  async #copy({ currentTarget }, text) {
    const button = /** @type {HTMLElement} */ (currentTarget);
    if (await copy(text, button, this.#says)) {
      this.dispatchEvent(
        new Event("pergola-chat-message-copy", { bubbles: true, composed: true }),
      );
    }
  }

  render() {
    const isUser = this.from === "user";
    const says = this.#says;
    const isDone = !isUser && !this.streaming && this.#text !== "";
    return html`${this.name && !isUser
        ? html`<header>
            <span class="sign" aria-hidden="true">
              <pergola-icon name="sparkles" size="small"></pergola-icon>
            </span>
            <span part="name">${this.name}</span>
          </header>`
        : html`<span class="hidden">${this.name || (isUser ? says.you : "")}</span>`}
      ${this.#content}
      ${this.streaming && this.#text === ""
        ? html`<span class="waiting" aria-hidden="true"><i></i><i></i><i></i></span>`
        : nothing}
      <slot></slot>
      ${this.stopped ? html`<p class="note">${says.stopped}</p>` : nothing}
      ${isDone
        ? html`<div part="actions">
            <button class="button quiet small" @click=${(/** @type {Event} */ event) => this.#copy(event, plainText(this.#content))}>
              <pergola-icon name="copy" size="small"></pergola-icon>
              <span>${says.copy}</span>
            </button>
            <button
              class="button quiet small icon"
              title=${says.copyMarkdown}
              @click=${(/** @type {Event} */ event) => this.#copy(event, this.#text)}
            >
              <pergola-icon name="code" size="small"></pergola-icon>
              <span class="hidden">${says.copyMarkdown}</span>
            </button>
            <slot name="actions"></slot>
          </div>`
        : nothing}`;
  }
}
