/* How the tree of the editor looks once it can be moved; values are tokens. */
const RULES = `
@layer pergola.layout {
  .pergola-nav-tree, .pergola-nav-tree ul { list-style: none; margin: 0; padding: 0; }
  .pergola-nav-tree { max-block-size: 60dvb; overflow: auto; }
  .pergola-nav-tree ul { padding-inline-start: var(--pergola-space-large); }
  .pergola-nav-tree li[aria-level="2"][data-group] { margin-inline-start: var(--pergola-space-large); }
  .pergola-nav-tree li[aria-level="3"][data-group] { margin-inline-start: calc(2 * var(--pergola-space-large)); }
  .pergola-nav-tree li { position: relative; border-radius: var(--pergola-radius-control); }
  .pergola-nav-tree li > a { display: inline-block; padding-block: var(--pergola-space-tight); }
  .pergola-nav-tree li[data-group] > a { font-weight: var(--pergola-font-weight-strong); }
  .pergola-nav-tree li:focus-visible {
    outline: var(--pergola-focus-width) solid var(--pergola-color-focus-ring);
    outline-offset: calc(-1 * var(--pergola-focus-width));
  }
  .pergola-nav-handle {
    display: inline-grid; place-items: center; vertical-align: middle; touch-action: none; cursor: grab;
    inline-size: var(--pergola-size-control-small); block-size: var(--pergola-size-control-small);
    color: var(--pergola-color-text-quiet);
  }
  .pergola-nav-tree [data-dragged] { background: var(--pergola-color-surface-selected); cursor: grabbing; }
  .pergola-nav-tree [data-drop="into"] > a { background: var(--pergola-color-surface-selected); }
  .pergola-nav-tree [data-drop="before"] {
    box-shadow: 0 calc(-1 * var(--pergola-border-width-strong)) var(--pergola-color-action-primary);
  }
  .pergola-nav-tree [data-drop="after"] {
    box-shadow: 0 var(--pergola-border-width-strong) var(--pergola-color-action-primary);
  }
}
`;

let isAdopted = false;

/** Gives the tree of the editor its look, once. */
export function adoptEditorLook() {
  if (!isAdopted) {
    isAdopted = true;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
    document.adoptedStyleSheets.push(sheet);
  }
}
