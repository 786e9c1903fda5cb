/**
 * Which element of which version of a module belongs in a place.
 * @typedef {object} Target
 * @property {string} module
 * @property {string} version
 * @property {string} title
 * @property {string} [page]
 * @property {string} [element]
 * @property {import("./page-state.js").Entry} entry
 * @property {Record<string, string>} integrity
 * @property {boolean} enabled
 * @property {string | null} reason
 * @property {Record<string, string>} params
 * @property {Record<string, unknown>} slotContext
 * @property {Partial<import("@pergola/client").Declared>} [events]
 */

/**
 * What belongs in a module host: as its data attributes say, and where the
 * catalog knows the module, as the catalog says now.
 * @param {DOMStringMap} data
 * @param {import("./catalog.js").CatalogStore} catalog
 * @returns {Target | null} null when neither knows an entry
 */
export function targetOf(data, catalog) {
  const module = data.module ?? "";
  const known = catalog.module(module);
  const page = data.page ? catalog.page(module, data.page) : undefined;
  const entry =
    known?.entry ??
    (data.entry ? { format: data.format ?? "esm", url: data.entry } : null);
  if (entry === null) {
    return null;
  }
  const element = data.element ?? page?.element;
  return {
    module,
    version: known?.version ?? data.version ?? "",
    title: known?.title ?? data.title ?? module,
    ...(data.page !== undefined && { page: data.page }),
    ...(element !== undefined && { element }),
    entry,
    integrity: known?.integrity ?? {},
    enabled: known?.enabled ?? true,
    reason: known?.reason ?? null,
    params: record(data.params),
    slotContext: record(data.context),
    ...(known?.events && { events: known.events }),
  };
}

/** @param {string} [json] */
function record(json) {
  const value = json ? JSON.parse(json) : {};
  return value !== null && typeof value === "object" ? value : {};
}
