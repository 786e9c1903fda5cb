import { css, html, LitElement } from "lit";

/**
 * A state in one or two words. Shape and word carry it; colour only helps.
 *
 * @slot - the word
 */
export class PergolaStatus extends LitElement {
  static properties = {
    /** `neutral`, `success`, `warning`, `danger`, `info` or `assistant`. */
    type: { reflect: true },
  };

  static styles = css`
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.4em;
      padding: 0.1em 0.6em;
      border: var(--pergola-border-width-default) solid
        color-mix(in oklab, var(--_border) 45%, transparent);
      border-radius: var(--pergola-radius-round);
      color: var(--_text);
      background: var(--_surface);
      font-size: var(--pergola-font-size-caption);
      font-weight: var(--pergola-font-weight-medium);
      line-height: 1.5;
      white-space: nowrap;
      --_surface: var(--pergola-color-status-neutral-surface);
      --_border: var(--pergola-color-status-neutral-border);
      --_text: var(--pergola-color-status-neutral-text);
      --_shape: inset(38% 0 38% 0 round 1px);
    }

    :host([hidden]) {
      display: none;
    }

    :host([type="success"]) {
      --_surface: var(--pergola-color-status-success-surface);
      --_border: var(--pergola-color-status-success-border);
      --_text: var(--pergola-color-status-success-text);
      --_shape: circle(46%);
    }

    :host([type="warning"]) {
      --_surface: var(--pergola-color-status-warning-surface);
      --_border: var(--pergola-color-status-warning-border);
      --_text: var(--pergola-color-status-warning-text);
      --_shape: polygon(50% 2%, 100% 94%, 0 94%);
    }

    :host([type="danger"]) {
      --_surface: var(--pergola-color-status-danger-surface);
      --_border: var(--pergola-color-status-danger-border);
      --_text: var(--pergola-color-status-danger-text);
      --_shape: polygon(50% 0, 100% 50%, 50% 100%, 0 50%);
    }

    :host([type="info"]) {
      --_surface: var(--pergola-color-status-info-surface);
      --_border: var(--pergola-color-status-info-border);
      --_text: var(--pergola-color-status-info-text);
      --_shape: inset(10% round 2px);
    }

    :host([type="assistant"]) {
      --_surface: var(--pergola-color-assistant-surface);
      --_border: var(--pergola-color-assistant-border);
      --_text: var(--pergola-color-assistant-text);
      --_shape: polygon(
        50% 0,
        62% 38%,
        100% 50%,
        62% 62%,
        50% 100%,
        38% 62%,
        0 50%,
        38% 38%
      );
    }

    i {
      flex: none;
      inline-size: 0.65em;
      block-size: 0.65em;
      background: var(--_border);
      clip-path: var(--_shape);
    }

    @media (forced-colors: active) {
      i {
        forced-color-adjust: none;
        background: CanvasText;
      }
    }
  `;

  constructor() {
    super();
    /** @type {string} */
    this.type = "neutral";
  }

  render() {
    return html`<i aria-hidden="true"></i><slot></slot>`;
  }
}
