import { css, html, LitElement, nothing } from "lit";
import { findItems } from "./palette-search.js";
import { baseStyles } from "./shared-styles.js";

const MOST = 50;
/** Milliseconds without typing after which the number of results is said, and others are asked. */
const PAUSE = 200;

/** The person chose an item; cancel it to do something else than open it. */
export class PaletteChooseEvent extends Event {
  /** @param {import("./palette-search.js").PaletteItem} item */
  constructor(item) {
    super("pergola-palette-choose", { bubbles: true, composed: true, cancelable: true });
    this.item = item;
  }
}

/**
 * One place to go anywhere: a combobox over everything the person may open, in a dialog.
 * Opens with Ctrl+K, Cmd+K and `/`. Keys as in the ARIA pattern "Combobox with listbox popup".
 *
 * @csspart dialog the dialog
 * @csspart field the field
 * @csspart option one result
 * @fires {PaletteChooseEvent} pergola-palette-choose `item` was chosen; cancel it to open nothing
 * @fires pergola-palette-open after it opened
 */
export class PergolaPalette extends LitElement {
  static properties = {
    /** Everything that can be chosen. */
    items: { attribute: false },
    /** Shown before anything is typed. */
    recents: { attribute: false },
    /** Asks others: `(text, signal) => Promise<PaletteItem[]>`. */
    search: { attribute: false },
    /** Whether the page's keys open nothing. */
    keyless: { type: Boolean },
    /** Words of the element itself, to translate them. */
    words: { attribute: false },
    text: { state: true },
    found: { state: true },
    remote: { state: true },
    at: { state: true },
    said: { state: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }

      dialog {
        inline-size: min(40rem, calc(100vi - 2rem));
        max-block-size: min(34rem, calc(100dvb - 4rem));
        margin-block-start: min(12dvb, 7rem);
        padding: 0;
        overflow: hidden;
        border: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
        border-radius: var(--pergola-radius-panel);
        color: inherit;
        background: var(--pergola-color-surface-overlay);
        box-shadow: var(--pergola-shadow-dialog);
      }

      dialog[open] {
        display: flex;
        flex-direction: column;
      }

      dialog::backdrop {
        background: var(--pergola-color-surface-backdrop);
      }

      .top {
        display: flex;
        flex: none;
        align-items: center;
        gap: var(--pergola-space-medium);
        padding-inline: var(--pergola-space-normal);
        border-block-end: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
        color: var(--pergola-color-text-quiet);
      }

      input {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 3.25rem;
        padding: 0;
        border: 0;
        color: var(--pergola-color-text-default);
        background: none;
        font: inherit;
        font-size: var(--pergola-font-size-lead);
      }

      /* The caret and the dialog around it show where the focus is. */
      input:focus-visible {
        outline: 0;
      }

      .top:focus-within {
        box-shadow: inset 0 calc(-1 * var(--pergola-focus-width)) 0
          var(--pergola-color-focus-ring);
      }

      input::placeholder {
        color: var(--pergola-color-text-quiet);
        opacity: 1;
      }

      kbd {
        padding: 0.05em 0.4em;
        border: var(--pergola-border-width-default) solid
          var(--pergola-color-border-strong);
        border-radius: var(--pergola-radius-small);
        font-family: var(--pergola-font-family-text);
        font-size: var(--pergola-font-size-caption);
        white-space: nowrap;
      }

      [role="listbox"] {
        flex: 1;
        min-block-size: 0;
        padding: var(--pergola-space-tight);
        overflow: auto;
      }

      .group {
        padding: var(--pergola-space-small) var(--pergola-space-medium)
          var(--pergola-space-tight);
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-small);
        font-weight: var(--pergola-font-weight-strong);
      }

      [part="option"] {
        display: flex;
        align-items: center;
        gap: var(--pergola-space-medium);
        min-block-size: var(--pergola-size-row);
        padding: var(--pergola-space-tight) var(--pergola-space-medium);
        border-radius: var(--pergola-radius-control);
        line-height: var(--pergola-font-line-control);
        cursor: pointer;
      }

      [part="option"] > span {
        flex: 1;
      }

      [part="option"] :is(pergola-icon, small) {
        color: var(--pergola-color-text-quiet);
      }

      [part="option"][aria-selected="true"] {
        color: var(--pergola-color-text-selected);
        background: var(--pergola-color-surface-selected);
        box-shadow: inset 0 0 0 var(--pergola-focus-width)
          var(--pergola-color-focus-ring);
      }

      .none,
      footer {
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-small);
      }

      .none {
        margin: 0;
        padding: var(--pergola-space-large);
        text-align: center;
      }

      footer {
        display: flex;
        flex: none;
        flex-wrap: wrap;
        gap: var(--pergola-space-tight) var(--pergola-space-normal);
        padding: var(--pergola-space-small) var(--pergola-space-normal);
        border-block-start: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
      }

      @media (forced-colors: active) {
        [part="option"][aria-selected="true"] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  #pause = 0;
  /** @type {AbortController | null} */
  #asking = null;
  #hotkey = (/** @type {KeyboardEvent} */ event) => this.#opensBy(event);

  constructor() {
    super();
    /** @type {import("./palette-search.js").PaletteItem[]} */
    this.items = [];
    /** @type {import("./palette-search.js").PaletteItem[]} */
    this.recents = [];
    /** @type {((text: string, signal: AbortSignal) => Promise<import("./palette-search.js").PaletteItem[]>) | null} */
    this.search = null;
    this.keyless = false;
    this.words = {
      label: "Search or jump to",
      recents: "Recent",
      none: "Nothing found. Try fewer or other words.",
      results: (/** @type {number} */ count) => (count === 1 ? "1 result" : `${count} results`),
      choose: "choose",
      open: "open",
      close: "close",
    };
    this.text = "";
    /** @type {import("./palette-search.js").PaletteItem[]} */
    this.found = [];
    /** @type {import("./palette-search.js").PaletteItem[]} */
    this.remote = [];
    this.at = 0;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keydown", this.#hotkey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#hotkey);
    this.#quiet();
  }

  get isOpen() {
    return this.#dialog?.open ?? false;
  }

  /** Opens with an empty field. */
  open() {
    if (this.isOpen) {
      return;
    }
    this.#ask("");
    this.#dialog?.showModal();
    this.dispatchEvent(new Event("pergola-palette-open", { bubbles: true, composed: true }));
  }

  close() {
    this.#dialog?.close();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement | null} */ (this.renderRoot?.querySelector("dialog") ?? null);
  }

  /** @param {KeyboardEvent} event */
  #opensBy(event) {
    const isLetter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event);
    if (!this.keyless && !event.defaultPrevented && (isLetter || isSlash)) {
      event.preventDefault();
      this.open();
    }
  }

  /** @param {string} text */
  #ask(text) {
    this.#quiet();
    this.text = text;
    this.at = 0;
    this.said = "";
    this.remote = [];
    const isFresh = text.trim() === "" && this.recents.length > 0;
    this.found = isFresh
      ? this.recents.map((item) => ({ ...item, group: this.words.recents }))
      : findItems(this.items, text, MOST);
    this.#pause = window.setTimeout(() => void this.#paused(text), PAUSE);
  }

  /** @param {string} text */
  async #paused(text) {
    if (this.search !== null && text.trim() !== "") {
      this.#asking = new AbortController();
      const { signal } = this.#asking;
      const remote = await this.search(text, signal).catch(() => []);
      if (signal.aborted) {
        return;
      }
      this.remote = remote;
    }
    this.said = this.#all.length === 0 ? this.words.none : this.words.results(this.#all.length);
  }

  #quiet() {
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  /** Results in groups, as they stand on the screen. */
  get #all() {
    const groups = Map.groupBy([...this.found, ...this.remote], (item) => item.group ?? "");
    return [...groups.values()].flat();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#all.length - 1;
    const next = {
      ArrowDown: this.at >= last ? 0 : this.at + 1,
      ArrowUp: this.at <= 0 ? last : this.at - 1,
      PageDown: Math.min(last, this.at + 8),
      PageUp: Math.max(0, this.at - 8),
    }[event.key];
    if (next !== undefined && last >= 0) {
      event.preventDefault();
      this.at = next;
    } else if (event.key === "Enter" && !event.isComposing && last >= 0) {
      event.preventDefault();
      this.#choose(this.#all[this.at]);
    }
  }

  /** @param {import("./palette-search.js").PaletteItem} item */
  #choose(item) {
    this.close();
    if (!this.dispatchEvent(new PaletteChooseEvent(item))) {
      return;
    }
    if (item.run !== undefined) {
      item.run();
    } else if (item.href !== undefined) {
      // A click on a link, so that the page's router takes it like any other.
      const link = document.createElement("a");
      link.href = item.href;
      link.hidden = true;
      document.body.append(link);
      link.click();
      link.remove();
    }
  }

  updated() {
    this.renderRoot.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    if (event.target === this.#dialog) {
      this.close();
    }
  }

  render() {
    const all = this.#all;
    return html`<dialog part="dialog" aria-label=${this.words.label} @click=${this.#pressed}>
      <div class="top">
        <pergola-icon name="search"></pergola-icon>
        <input
          part="field"
          role="combobox"
          aria-expanded=${all.length > 0 ? "true" : "false"}
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant=${all.length > 0 ? `option-${this.at}` : nothing}
          aria-label=${this.words.label}
          placeholder=${this.words.label}
          autocomplete="off"
          spellcheck="false"
          autofocus
          .value=${this.text}
          @input=${(/** @type {any} */ event) => this.#ask(event.target.value)}
          @keydown=${this.#key}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div id="list" role="listbox" aria-label=${this.words.label} ?hidden=${all.length === 0}>
        ${all.map((item, index) => this.#option(item, index, all[index - 1]))}
      </div>
      ${all.length === 0 ? html`<p class="none">${this.words.none}</p>` : nothing}
      <footer aria-hidden="true">
        <span><kbd>↑</kbd> <kbd>↓</kbd> ${this.words.choose}</span>
        <span><kbd>Enter</kbd> ${this.words.open}</span>
        <span><kbd>Esc</kbd> ${this.words.close}</span>
      </footer>
      <div class="hidden" role="status" aria-live="polite">${this.said}</div>
    </dialog>`;
  }

  /**
   * @param {import("./palette-search.js").PaletteItem} item
   * @param {number} index
   * @param {import("./palette-search.js").PaletteItem | undefined} before
   */
  #option(item, index, before) {
    return html`${item.group && item.group !== before?.group
        ? html`<div class="group" role="presentation">${item.group}</div>`
        : nothing}
      <div
        id="option-${index}"
        part="option"
        role="option"
        aria-selected=${index === this.at ? "true" : "false"}
        @click=${() => this.#choose(item)}
        @pointermove=${() => (this.at = index)}
      >
        <pergola-icon name=${item.icon ?? "arrow-right"}></pergola-icon>
        <span>${item.title}</span>
        ${item.hint ? html`<small>${item.hint}</small>` : nothing}
      </div>`;
  }
}

/** @param {KeyboardEvent} event */
function isWriting(event) {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select") !== null)
  );
}
