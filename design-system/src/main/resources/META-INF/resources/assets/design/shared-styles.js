import { css } from "lit";

/** What every element starts from: box model, focus ring, hiding. */
export const baseStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--pergola-color-text-default);
    font-family: var(--pergola-font-family-text);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  :focus-visible {
    outline: var(--pergola-focus-width) solid var(--pergola-color-focus-ring);
    outline-offset: var(--pergola-focus-offset);
  }

  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** The portal's button inside a shadow root: `.button`, `.primary`, `.quiet`, `.small`, `.icon`. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--pergola-space-small);
    min-block-size: var(--pergola-size-control);
    padding: var(--pergola-space-tight) var(--pergola-button-padding);
    border: var(--pergola-border-width-default) solid
      var(--pergola-color-border-strong);
    border-radius: var(--pergola-button-radius);
    color: var(--pergola-color-text-default);
    background: var(--pergola-color-surface-raised);
    font: inherit;
    font-weight: var(--pergola-font-weight-medium);
    line-height: var(--pergola-font-line-control);
    cursor: pointer;
    transition: background-color var(--pergola-motion-duration-quick);
  }

  .button:hover {
    border-color: var(--pergola-color-border-hover);
    background: var(--pergola-color-surface-hover);
  }

  .button.primary {
    border-color: transparent;
    color: var(--pergola-color-text-on-action);
    background: var(--pergola-color-action-primary);
  }

  .button.primary:hover {
    background: var(--pergola-color-action-primary-hover);
  }

  .button.quiet {
    border-color: transparent;
    background: transparent;
  }

  .button.quiet:hover {
    background: color-mix(
      in oklab,
      var(--pergola-color-text-default) 7%,
      transparent
    );
  }

  .button.small {
    min-block-size: var(--pergola-size-control-small);
    padding-inline: var(--pergola-space-medium);
    font-size: var(--pergola-font-size-small);
  }

  .button.icon {
    flex: none;
    inline-size: var(--pergola-size-control);
    padding: 0;
  }

  .button.icon.small {
    inline-size: var(--pergola-size-control-small);
  }

  .button > .outcome {
    display: inline-flex;
    align-items: center;
    gap: var(--pergola-space-small);
  }

  .button:has(> .outcome) > :not(.outcome) {
    display: none;
  }

  .button.icon:has(> .outcome) {
    inline-size: auto;
    padding-inline: var(--pergola-space-medium);
  }

  .button:is(:disabled, [aria-disabled="true"]) {
    border-color: var(--pergola-color-border-default);
    color: var(--pergola-color-text-quiet);
    background: var(--pergola-color-surface-sunken);
    cursor: not-allowed;
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
  }
`;

/** The portal's text field inside a shadow root: `.field`. */
export const fieldStyles = css`
  .field {
    inline-size: 100%;
    min-block-size: var(--pergola-size-control);
    padding: var(--pergola-space-tight) var(--pergola-space-medium);
    border: var(--pergola-border-width-default) solid
      var(--pergola-color-border-strong);
    border-radius: var(--pergola-field-radius);
    color: var(--pergola-field-text);
    background: var(--pergola-field-surface);
    font: inherit;
    line-height: var(--pergola-font-line-control);
  }

  .field:hover {
    border-color: var(--pergola-color-border-hover);
  }

  .field:focus-visible {
    outline-offset: 0;
  }

  .field::placeholder {
    color: var(--pergola-color-text-quiet);
    opacity: 1;
  }
`;
