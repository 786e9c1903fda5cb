import { css, html, LitElement } from "lit";
import { baseStyles } from "./shared-styles.js";

/**
 * Tabs over parts of one page. Each child with `data-tab` is a panel; without scripts all of
 * them are read one after the other. Keys as in the ARIA pattern "Tabs", with activation on focus.
 *
 * @slot - panels: elements with `data-tab="title"`, and `id` where the page wants to name one
 * @csspart list row of tabs
 * @csspart tab one tab
 * @fires pergola-tab-change after another panel is shown
 */
export class PergolaTabs extends LitElement {
  static properties = {
    /** Name of the row of tabs. */
    label: {},
    /** Index of the shown panel, from 0. */
    selected: { type: Number, reflect: true },
    titles: { state: true },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }

      [part="list"] {
        display: flex;
        overflow: auto;
        gap: var(--pergola-space-tight);
        margin-block-end: var(--pergola-space-normal);
        border-block-end: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
        scrollbar-width: thin;
      }

      [part="tab"] {
        flex: none;
        min-block-size: var(--pergola-size-control);
        padding-inline: var(--pergola-space-medium);
        border: 0;
        border-block-end: 3px solid transparent;
        color: var(--pergola-color-text-quiet);
        background: none;
        font: inherit;
        font-weight: var(--pergola-font-weight-medium);
        cursor: pointer;
        outline-offset: -3px;
      }

      [part="tab"]:hover {
        border-color: var(--pergola-color-border-strong);
        color: var(--pergola-color-text-default);
      }

      [part="tab"][aria-selected="true"] {
        border-color: var(--pergola-color-action-primary);
        color: var(--pergola-color-text-selected);
      }

      @media (forced-colors: active) {
        [part="tab"][aria-selected="true"] {
          border-color: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.selected = 0;
    /** @type {string[]} */
    this.titles = [];
  }

  /** The panels, in their order. */
  get panels() {
    return /** @type {HTMLElement[]} */ ([...this.children]).filter((each) => each.dataset.tab !== undefined);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    for (const [index, panel] of this.panels.entries()) {
      panel.hidden = index !== this.selected;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-label", panel.dataset.tab ?? "");
    }
    if (changed.has("selected") && changed.get("selected") !== undefined) {
      this.dispatchEvent(new Event("pergola-tab-change", { bubbles: true, composed: true }));
    }
  }

  #slotted() {
    this.titles = this.panels.map((panel) => panel.dataset.tab ?? "");
    this.selected = Math.min(this.selected, Math.max(0, this.titles.length - 1));
  }

  /** @param {KeyboardEvent} event */
  async #key(event) {
    const last = this.titles.length - 1;
    const isRightToLeft = getComputedStyle(this).direction === "rtl";
    const [back, on] = isRightToLeft ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const next = {
      [back]: this.selected === 0 ? last : this.selected - 1,
      [on]: this.selected === last ? 0 : this.selected + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.selected = next;
      await this.updateComplete;
      /** @type {HTMLElement} */ (this.renderRoot.querySelectorAll("[part=tab]")[next]).focus();
    }
  }

  render() {
    return html`<div part="list" role="tablist" aria-label=${this.label} @keydown=${this.#key}>
        ${this.titles.map(
          (title, index) =>
            html`<button
              part="tab"
              role="tab"
              aria-selected=${index === this.selected ? "true" : "false"}
              tabindex=${index === this.selected ? 0 : -1}
              @click=${() => (this.selected = index)}
            >
              ${title}
            </button>`,
        )}
      </div>
      <slot @slotchange=${this.#slotted}></slot>`;
  }
}
