import { css, html, LitElement, nothing } from "lit";
import { baseStyles, buttonStyles, fieldStyles } from "./shared-styles.js";

/** Nearer to the end than this, in CSS pixels, the reader is taken to follow. */
const NEAR = 100;

/** What the person wrote and sent. */
export class ChatSendEvent extends Event {
  /** @param {string} text */
  constructor(text) {
    super("pergola-chat-send", { bubbles: true, composed: true, cancelable: true });
    this.text = text;
  }
}

/**
 * A conversation: transcript, what is said of it to screen readers, and the field to write in.
 * The transcript follows its end only while the reader is there; scrolling up stops it.
 *
 * @slot - messages, oldest first
 * @slot empty - shown while there is no message
 * @slot composer - instead of the field and its buttons
 * @slot note - below the field
 * @csspart log the transcript
 * @csspart composer field and buttons
 * @csspart jump button that leads to the latest message
 * @fires {ChatSendEvent} pergola-chat-send the field is emptied unless it is cancelled
 * @fires pergola-chat-stop the person wants the answer to stop
 */
export class PergolaChat extends LitElement {
  static properties = {
    /** Name of the transcript. */
    label: {},
    /** Whether an answer is coming. The field stays usable. */
    busy: { type: Boolean, reflect: true },
    /** Whether the field is left out. */
    readonly: { type: Boolean },
    /** Words of the element itself, to translate them. */
    words: { attribute: false },
    isAway: { state: true },
    isEmpty: { state: true },
    said: { state: true },
    alarm: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        min-block-size: 0;
        background: var(--pergola-color-surface-raised);
      }

      .frame {
        position: relative;
        display: flex;
        flex: 1;
        flex-direction: column;
        min-block-size: 0;
      }

      [part="log"] {
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
        outline-offset: -2px;
        scrollbar-width: thin;
      }

      .messages {
        display: flex;
        flex-direction: column;
        gap: var(--pergola-space-large);
        min-block-size: 100%;
        padding: var(--pergola-space-normal);
      }

      slot[name="empty"] {
        display: block;
        margin-block: auto;
        text-align: center;
      }

      [part="jump"] {
        position: absolute;
        inset-block-end: var(--pergola-space-small);
        inset-inline: 0;
        inline-size: fit-content;
        margin-inline: auto;
        border-radius: var(--pergola-radius-round);
        background: var(--pergola-color-surface-overlay);
        box-shadow: var(--pergola-shadow-overlay);
      }

      [part="composer"] {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--pergola-space-small);
        align-items: end;
        margin: 0;
        padding: var(--pergola-space-medium) var(--pergola-space-normal);
        border-block-start: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
      }

      textarea.field {
        display: block;
        max-block-size: 12rem;
        padding-block: calc((var(--pergola-size-control) - 1.35em) / 2 - var(--pergola-border-width-default));
        field-sizing: content;
        resize: none;
      }

      slot[name="note"] {
        display: block;
        grid-column: 1 / -1;
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-caption);
      }
    `,
  ];

  /** What stands in the field before it is there. */
  #draft = "";
  #isFollowing = true;
  #lastTop = 0;
  #grown = new ResizeObserver(() => this.#follow());

  constructor() {
    super();
    this.label = "Conversation";
    this.busy = false;
    this.readonly = false;
    this.words = {
      field: "Message",
      placeholder: "Ask something",
      send: "Send",
      stop: "Stop",
      jump: "Jump to latest",
      answering: "Answering",
      ready: "Answer ready",
    };
    this.isAway = false;
    this.isEmpty = true;
    this.said = "";
    this.alarm = "";
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.#observe();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#grown.disconnect();
  }

  firstUpdated() {
    this.draft = this.#draft;
    this.#observe();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("busy") && (this.busy || changed.get("busy") === true)) {
      this.said = this.busy ? this.words.answering : this.words.ready;
    }
    if (changed.has("busy") && this.busy) {
      this.alarm = "";
    }
  }

  /** What is written in the field and not sent yet; `input` events say that it changed. */
  get draft() {
    return this.#field?.value ?? this.#draft;
  }

  set draft(text) {
    this.#draft = text;
    if (this.#field) {
      this.#field.value = text;
    }
  }

  get #field() {
    return this.hasUpdated ? this.renderRoot.querySelector("textarea") : null;
  }

  /** Puts the focus into the field, as soon as it is there. */
  focus() {
    if (this.hasUpdated) {
      this.#field?.focus();
    } else {
      void this.updateComplete.then(() => this.hasUpdated && this.focus());
    }
  }

  /** Goes to the end and follows it again. */
  jumpToLatest() {
    this.#isFollowing = true;
    this.#follow();
  }

  /**
   * Says something once, beside the transcript, which itself stays silent.
   * @param {string} text
   * @param {{ assertive?: boolean }} [options] assertive for errors
   */
  announce(text, { assertive = false } = {}) {
    const region = assertive ? "alarm" : "said";
    const isAgain = this[region] === text;
    this[region] = isAgain ? "" : text;
    if (isAgain) {
      // The same text is only heard when the region was empty in between.
      requestAnimationFrame(() => {
        this[region] = text;
      });
    }
  }

  get #log() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector("[part=log]"));
  }

  #observe() {
    this.#grown.observe(/** @type {Element} */ (this.renderRoot.querySelector(".messages")));
    this.#grown.observe(this.#log);
  }

  #follow() {
    const log = this.#log;
    if (this.#isFollowing) {
      log.scrollTop = log.scrollHeight;
    }
    this.#look();
  }

  #scrolled() {
    const log = this.#log;
    const isUp = log.scrollTop < this.#lastTop - 1;
    const isNear = this.#distance() <= NEAR;
    if (isUp && this.#distance() > 1) {
      this.#isFollowing = false;
    } else if (isNear && log.scrollTop > this.#lastTop) {
      this.#isFollowing = true;
    }
    this.#look();
  }

  #look() {
    this.#lastTop = this.#log.scrollTop;
    this.isAway = !this.#isFollowing && this.#distance() > 1;
  }

  #distance() {
    const log = this.#log;
    return log.scrollHeight - log.clientHeight - log.scrollTop;
  }

  /** @param {Event} event */
  #slotted(event) {
    const slot = /** @type {HTMLSlotElement} */ (event.target);
    this.isEmpty = slot.assignedElements().length === 0;
    this.#follow();
  }

  /** @param {Event} event */
  #send(event) {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector("textarea"));
    const text = field.value.trim();
    if (text !== "" && this.dispatchEvent(new ChatSendEvent(text))) {
      field.value = "";
      this.jumpToLatest();
    }
    field.focus();
  }

  #stop() {
    this.dispatchEvent(new Event("pergola-chat-stop", { bubbles: true, composed: true }));
    this.focus();
  }

  /** @param {KeyboardEvent} event */
  #fieldKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.#send(event);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.busy) {
      event.stopPropagation();
      this.#stop();
    }
  }

  render() {
    return html`<div class="frame" @keydown=${this.#key}>
      <div
        part="log"
        role="log"
        aria-live="off"
        aria-busy=${this.busy ? "true" : "false"}
        aria-label=${this.label}
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        <div class="messages">
          <slot @slotchange=${this.#slotted}></slot>
          <slot name="empty" ?hidden=${!this.isEmpty}></slot>
        </div>
      </div>
      ${this.isAway
        ? html`<button part="jump" class="button small" @click=${this.jumpToLatest}>
            <pergola-icon name="arrow-down" size="small"></pergola-icon>${this.words.jump}
          </button>`
        : nothing}
    </div>
    ${this.readonly ? nothing : html`<slot name="composer">${this.#composer()}</slot>`}
    <div class="hidden" role="status" aria-live="polite">${this.said}</div>
    <div class="hidden" role="alert">${this.alarm}</div>`;
  }

  #composer() {
    return html`<form part="composer" @submit=${this.#send} @keydown=${this.#key}>
      <textarea
        class="field"
        rows="1"
        aria-label=${this.words.field}
        placeholder=${this.words.placeholder}
        @keydown=${this.#fieldKey}
      ></textarea>
      ${this.busy
        ? html`<button type="button" class="button" @click=${this.#stop}>
            <pergola-icon name="player-stop" size="small"></pergola-icon>${this.words.stop}
          </button>`
        : html`<button class="button primary icon" aria-label=${this.words.send}>
            <pergola-icon name="send" size="small"></pergola-icon>
          </button>`}
      <slot name="note"></slot>
    </form>`;
  }
}
