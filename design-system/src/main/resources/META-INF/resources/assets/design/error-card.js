import { css, html, LitElement, nothing } from "lit";
import { baseStyles, buttonStyles } from "./shared-styles.js";

/**
 * Stands where something could not be shown: what happened, a way on, and an id to report.
 *
 * @slot - what happened, in the person's words
 * @slot actions - more ways on
 * @csspart heading the heading
 * @fires pergola-retry when "Try again" is pressed
 */
export class PergolaErrorCard extends LitElement {
  static properties = {
    heading: {},
    /** Level of the heading in the page, from 2 to 6. */
    level: { type: Number },
    /** Id to tell support, as a trace id. */
    reference: {},
    /** Label of the button that tries again; without it there is none. */
    retry: {},
    /** Word before the reference. */
    referenceLabel: { attribute: "reference-label" },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--pergola-space-small) var(--pergola-space-medium);
        padding: var(--pergola-space-large);
        border: var(--pergola-border-width-default) solid
          color-mix(
            in oklab,
            var(--pergola-color-status-danger-border) 45%,
            transparent
          );
        border-radius: var(--pergola-radius-panel);
        background: var(--pergola-color-status-danger-surface);
      }

      pergola-icon,
      [part="heading"] {
        color: var(--pergola-color-status-danger-text);
      }

      [part="heading"] {
        margin: 0;
        font-size: var(--pergola-font-size-lead);
        font-weight: var(--pergola-font-weight-strong);
        line-height: var(--pergola-font-line-control);
      }

      .rest {
        grid-column: 2;
      }

      ::slotted(p) {
        margin: 0;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--pergola-space-small);
      }

      .actions:not(:has(button)):not(:has(slot.filled)) {
        display: none;
      }

      small {
        font-size: var(--pergola-font-size-small);
      }

      code {
        font-family: var(--pergola-font-family-code);
        user-select: all;
      }
    `,
  ];

  constructor() {
    super();
    this.heading = "";
    this.level = 3;
    /** @type {string | undefined} */
    this.reference = undefined;
    /** @type {string | undefined} */
    this.retry = undefined;
    this.referenceLabel = "Id to report";
  }

  render() {
    return html`<pergola-icon name="alert-triangle"></pergola-icon>
      <p part="heading" role="heading" aria-level=${this.level}>${this.heading}</p>
      <div class="rest"><slot></slot></div>
      ${this.reference
        ? html`<small class="rest">
            ${this.referenceLabel}: <code>${this.reference}</code>
          </small>`
        : nothing}
      <div class="rest actions">
        ${this.retry
          ? html`<button class="button small" @click=${this.#retry}>
              <pergola-icon name="refresh" size="small"></pergola-icon>
              ${this.retry}
            </button>`
          : nothing}
        <slot name="actions" @slotchange=${this.#filled}></slot>
      </div>`;
  }

  #retry() {
    this.dispatchEvent(
      new Event("pergola-retry", { bubbles: true, composed: true }),
    );
  }

  /** @param {Event} event */
  #filled(event) {
    const slot = /** @type {HTMLSlotElement} */ (event.target);
    slot.classList.toggle("filled", slot.assignedElements().length > 0);
  }
}
