/** Loads the editor of the navigation where a page has the menu to arrange. */
export function watchNavigationEditor() {
  document.addEventListener("pergola-navigate", enhance);
  enhance();
}

function enhance() {
  if (document.querySelector("[data-pergola-nav-tree]") !== null) {
    void import("./navigation-editor/editor.js").then(({ enhanceEditor }) =>
      enhanceEditor(),
    );
  }
}
