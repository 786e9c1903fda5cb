/*
 * The little the runtime's own elements need before and beside the design
 * system; values are its tokens.
 */
const RULES = `
@layer pergola.layout {
  pergola-module-host, pergola-slot:not(.pergola-grid) { display: block; }
  .pergola-progress {
    position: fixed; inset: 0 0 auto; z-index: 50; block-size: 3px;
    background: var(--pergola-color-action-primary);
    animation: pergola-progress 2s ease-out both;
  }
  .pergola-assistant-choices {
    display: flex; gap: var(--pergola-space-small);
    padding: var(--pergola-space-small) var(--pergola-space-normal);
  }
  .pergola-assistant-choices select { min-inline-size: 0; flex: 1; }
  main pergola-assistant { display: flex; flex-direction: column; min-block-size: 70dvb; }
  main pergola-assistant > pergola-chat { flex: 1; }
  main pergola-assistant > header { display: flex; align-items: center; gap: var(--pergola-space-small); }
  main pergola-assistant > header > h2 { flex: 1; }
  .pergola-bars {
    position: fixed; inset-inline: 0; z-index: 19;
    inset-block-start: calc(var(--pergola-size-banner) + var(--pergola-space-small));
    display: grid; justify-items: center; gap: var(--pergola-space-small);
    padding-inline: var(--pergola-space-normal); pointer-events: none;
  }
  .pergola-bars > .pergola-bar {
    border: var(--pergola-border-width-default) solid var(--pergola-color-status-info-border);
    border-radius: var(--pergola-radius-control); box-shadow: var(--pergola-shadow-overlay);
    pointer-events: auto;
  }
  pergola-chat-message > [slot="actions"] { margin-block-start: 0; }
  main h1:focus { outline: none; }
}
@keyframes pergola-progress { from { scale: 0 1; transform-origin: 0 0; } to { scale: 0.9 1; transform-origin: 0 0; } }
`;

/** Gives the runtime's elements their look. */
export function adoptLook() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets.push(sheet);
}
