/**
 * Loads what makes more of a page where the page has it: the editor of the
 * navigation, and parts that the server says change by themselves.
 */
export function watchPages() {
  document.addEventListener("pergola-navigate", enhance);
  enhance();
}

function enhance() {
  if (document.querySelector("[data-pergola-nav-tree]") !== null) {
    void import("./navigation-editor/editor.js").then(({ enhanceEditor }) =>
      enhanceEditor(),
    );
  }
  const control = document.querySelector("main [data-pergola-live-control]");
  if (control instanceof HTMLElement) {
    void import("./live-regions/live-regions.js").then(({ LiveRegions }) =>
      new LiveRegions(control).start(),
    );
  }
}
