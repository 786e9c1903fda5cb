import { css, html, LitElement, repeat } from "lit";
import { baseStyles, buttonStyles } from "./shared-styles.js";

/** Shortest time a toast stays, in milliseconds. */
const SHORTEST = 6000;
const MOST = 3;

/**
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {number} rest milliseconds it still stays
 */

/**
 * Confirms what the person just did. Holds no action of its own: errors stand where they
 * happened. Time stops while the pointer or the focus is on it.
 *
 * @csspart toast one confirmation
 * @fires pergola-toast-close when a toast leaves
 */
export class PergolaToastRegion extends LitElement {
  static properties = {
    /** Label of the closing button. */
    closeLabel: { attribute: "close-label" },
    toasts: { state: true },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        position: fixed;
        inset: auto;
        inset-block-end: var(--pergola-space-normal);
        inset-inline-start: var(--pergola-space-normal);
        z-index: 40;
        display: block;
        overflow: visible;
        inline-size: min(24rem, calc(100vi - 2 * var(--pergola-space-normal)));
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        pointer-events: none;
      }

      [part="toast"] {
        display: flex;
        align-items: center;
        gap: var(--pergola-space-medium);
        margin-block-start: var(--pergola-space-small);
        padding: var(--pergola-space-small);
        padding-inline-start: var(--pergola-space-normal);
        border: var(--pergola-border-width-default) solid transparent;
        border-radius: var(--pergola-radius-control);
        color: var(--pergola-color-text-on-inverse);
        background: var(--pergola-color-surface-inverse);
        box-shadow: var(--pergola-shadow-overlay);
        line-height: var(--pergola-font-line-control);
        pointer-events: auto;
        animation: rise var(--pergola-motion-duration-normal)
          var(--pergola-motion-easing-out);
      }

      span {
        flex: 1;
      }

      .button.quiet {
        color: inherit;
        --pergola-color-focus-ring: currentColor;
      }

      .button.quiet:hover {
        background: color-mix(in oklab, currentColor 15%, transparent);
      }

      @keyframes rise {
        from {
          opacity: 0;
          translate: 0 0.5rem;
        }
      }
    `,
  ];

  #next = 1;
  #timer = 0;
  #since = 0;

  constructor() {
    super();
    this.closeLabel = "Close";
    /** @type {Toast[]} */
    this.toasts = [];
  }

  connectedCallback() {
    super.connectedCallback();
    // Above open dialogs, too.
    this.popover = "manual";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /**
   * @param {string} text one sentence
   * @param {{ milliseconds?: number }} [options] how long it stays, at least six seconds
   */
  show(text, { milliseconds = SHORTEST } = {}) {
    const toast = {
      id: this.#next++,
      text,
      rest: Math.max(SHORTEST, milliseconds),
    };
    this.toasts = [...this.toasts, toast].slice(-MOST);
    this.hidePopover?.();
    this.showPopover?.();
    this.#resume();
  }

  /** @param {number} id */
  #close(id) {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
    this.dispatchEvent(new Event("pergola-toast-close"));
    if (this.toasts.length === 0) {
      clearTimeout(this.#timer);
      this.hidePopover?.();
    }
  }

  #pause() {
    clearTimeout(this.#timer);
    const passed = this.#since === 0 ? 0 : performance.now() - this.#since;
    this.#since = 0;
    for (const toast of this.toasts) {
      toast.rest -= passed;
    }
  }

  #resume() {
    this.#pause();
    if (this.toasts.length > 0) {
      this.#since = performance.now();
      const first = Math.min(...this.toasts.map((toast) => toast.rest));
      this.#timer = setTimeout(() => this.#expire(), Math.max(0, first));
    }
  }

  #expire() {
    this.#pause();
    for (const toast of this.toasts.filter((each) => each.rest <= 0)) {
      this.#close(toast.id);
    }
    this.#resume();
  }

  render() {
    return html`<div
      role="status"
      @pointerenter=${this.#pause}
      @pointerleave=${this.#resume}
      @focusin=${this.#pause}
      @focusout=${this.#resume}
    >
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => html`<div part="toast">
          <span>${toast.text}</span>
          <button
            class="button quiet icon small"
            aria-label=${this.closeLabel}
            @click=${() => this.#close(toast.id)}
          >
            <pergola-icon name="x" size="small"></pergola-icon>
          </button>
        </div>`,
      )}
    </div>`;
  }
}

/**
 * Confirms in the page's toast region, which is made when there is none.
 * @param {string} text
 * @param {{ milliseconds?: number }} [options]
 */
export function toast(text, options) {
  let region = document.querySelector("pergola-toast-region");
  if (region === null) {
    region = document.createElement("pergola-toast-region");
    document.body.append(region);
  }
  /** @type {PergolaToastRegion} */ (region).show(text, options);
}
