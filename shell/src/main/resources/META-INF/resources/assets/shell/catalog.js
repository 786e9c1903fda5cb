/**
 * What this person may open, as last heard. Fires `change` when a newer
 * revision takes its place.
 */
export class CatalogStore extends EventTarget {
  /** @param {import("./page-state.js").Catalog} catalog */
  constructor(catalog) {
    super();
    this.current = catalog;
  }

  /**
   * Takes a catalog unless it is older than the one held.
   * @param {import("./page-state.js").Catalog} catalog
   * @param {{ isDrawn?: boolean }} [page] whether the server's part of the page is of this catalog
   */
  replace(catalog, { isDrawn = false } = {}) {
    if (catalog.revision > this.current.revision) {
      const before = this.current;
      this.current = catalog;
      const detail = { before, isDrawn };
      this.dispatchEvent(new CustomEvent("change", { detail }));
    }
  }

  /** @param {string} module */
  module(module) {
    return this.current.modules.find((one) => one.module === module);
  }

  /**
   * @param {string} module
   * @param {string} id
   */
  page(module, id) {
    return this.current.pages.find(
      (page) => page.module === module && page.id === id,
    );
  }

  /**
   * Fillers of a slot in their order, without those of modules switched off.
   * @param {string} slot
   */
  fillers(slot) {
    return this.current.slots
      .filter((one) => one.slot === slot && this.module(one.module)?.enabled)
      .sort(
        (a, b) =>
          (a.order ?? 0) - (b.order ?? 0) ||
          compare(a.module, b.module) ||
          compare(a.element, b.element),
      );
  }
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
