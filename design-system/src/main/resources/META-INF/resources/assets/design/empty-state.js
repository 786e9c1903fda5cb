import { css, html, LitElement } from "lit";
import { baseStyles } from "./shared-styles.js";

/**
 * Says why there is nothing, what to do, and offers one action.
 *
 * @slot - why, and what to do
 * @slot actions - the one action
 * @csspart heading the heading
 */
export class PergolaEmptyState extends LitElement {
  static properties = {
    /** Icon of the sprite. */
    icon: {},
    /** What there is none of. */
    heading: {},
    /** Level of the heading in the page, from 2 to 6. */
    level: { type: Number },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--pergola-space-small);
        padding: var(--pergola-space-huge) var(--pergola-space-normal);
        border: var(--pergola-border-width-default) dashed
          var(--pergola-color-border-default);
        border-radius: var(--pergola-radius-panel);
        color: var(--pergola-color-text-quiet);
        text-align: center;
      }

      pergola-icon {
        --pergola-size-icon-large: 2.5rem;
      }

      [part="heading"] {
        margin: 0;
        color: var(--pergola-color-text-default);
        font-size: var(--pergola-font-size-lead);
        font-weight: var(--pergola-font-weight-strong);
        line-height: var(--pergola-font-line-heading);
      }

      .body {
        max-inline-size: 28rem;
      }

      ::slotted(p) {
        margin: 0;
      }

      slot[name="actions"] {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--pergola-space-small);
        margin-block-start: var(--pergola-space-small);
      }
    `,
  ];

  constructor() {
    super();
    this.icon = "inbox";
    this.heading = "";
    this.level = 3;
  }

  render() {
    return html`<pergola-icon name=${this.icon} size="large"></pergola-icon>
      <p part="heading" role="heading" aria-level=${this.level}>${this.heading}</p>
      <div class="body"><slot></slot></div>
      <slot name="actions"></slot>`;
  }
}
