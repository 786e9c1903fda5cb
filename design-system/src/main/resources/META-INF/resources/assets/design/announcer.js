import { css, html, LitElement } from "lit";

/**
 * Says things to screen readers. One per page; `announce()` finds or makes it.
 */
export class PergolaAnnouncer extends LitElement {
  static properties = {
    polite: { state: true },
    assertive: { state: true },
  };

  static styles = css`
    :host {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `;

  constructor() {
    super();
    /** @type {string} */
    this.polite = "";
    /** @type {string} */
    this.assertive = "";
  }

  /**
   * @param {string} text
   * @param {{ assertive?: boolean }} [options] assertive interrupts; for errors only
   */
  announce(text, { assertive = false } = {}) {
    const region = assertive ? "assertive" : "polite";
    // The same text twice is said twice: a no-break space makes it differ.
    this[region] = this[region] === text ? `${text}\u00a0` : text;
  }

  render() {
    return html`<div role="status" aria-live="polite">${this.polite}</div>
      <div role="alert" aria-live="assertive">${this.assertive}</div>`;
  }
}

/**
 * @param {string} text
 * @param {{ assertive?: boolean }} [options]
 */
export function announce(text, options) {
  let announcer = document.querySelector("pergola-announcer");
  if (announcer === null) {
    announcer = document.createElement("pergola-announcer");
    document.body.append(announcer);
  }
  /** @type {PergolaAnnouncer} */ (announcer).announce(text, options);
}
