import { css, html, LitElement, nothing, svg } from "lit";

const SPRITE = new URL("./icons.svg", import.meta.url).pathname;

/**
 * One icon of the portal's sprite. Says nothing to a screen reader unless it has a label.
 *
 * @cssproperty [--pergola-size-icon] width and height
 */
export class PergolaIcon extends LitElement {
  static properties = {
    /** Name of the icon, as in the sprite. */
    name: {},
    /** What it means, where no text beside it says so. */
    label: {},
    /** `small`, `large`, or nothing. */
    size: { reflect: true },
  };

  static styles = css`
    :host {
      display: inline-block;
      flex: none;
      inline-size: var(--pergola-size-icon);
      block-size: var(--pergola-size-icon);
      line-height: 0;
      vertical-align: -0.25em;
    }

    :host([hidden]) {
      display: none;
    }

    :host([size="small"]) {
      inline-size: var(--pergola-size-icon-small);
      block-size: var(--pergola-size-icon-small);
      vertical-align: -0.15em;
    }

    :host([size="large"]) {
      inline-size: var(--pergola-size-icon-large);
      block-size: var(--pergola-size-icon-large);
    }

    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `;

  constructor() {
    super();
    /** @type {string} */
    this.name = "";
    /** @type {string | undefined} */
    this.label = undefined;
    /** @type {"small" | "large" | undefined} */
    this.size = undefined;
  }

  render() {
    return html`<svg
      viewBox="0 0 24 24"
      role=${this.label ? "img" : nothing}
      aria-label=${this.label ?? nothing}
      aria-hidden=${this.label ? nothing : "true"}
    >
      ${this.name ? svg`<use href=${`${SPRITE}#${this.name}`}></use>` : nothing}
    </svg>`;
  }
}
