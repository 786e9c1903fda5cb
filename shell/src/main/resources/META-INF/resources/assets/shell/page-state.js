/**
 * @typedef {object} Entry
 * @property {string} format
 * @property {string} url
 * @property {string[]} [styles]
 */
/**
 * @typedef {object} CatalogModule
 * @property {string} module
 * @property {string} version
 * @property {string} [title]
 * @property {boolean} enabled
 * @property {string | null} [reason]
 * @property {Entry} entry
 * @property {Record<string, string>} [integrity] address → hash of every file
 * @property {Partial<import("@pergola/client").Declared>} [events]
 * @property {Record<string, string>} [off] version that is switched off → why
 */
/** @typedef {{ module: string, id: string, path: string, title?: string, element?: string }} CatalogPage */
/** @typedef {{ module: string, slot: string, element: string, order?: number }} CatalogSlot */
/** @typedef {{ module: string, id: string, title?: string }} CatalogAgent */
/**
 * @typedef {object} Catalog
 * @property {number} revision
 * @property {CatalogModule[]} modules
 * @property {CatalogPage[]} pages
 * @property {CatalogSlot[]} slots
 * @property {unknown} navigation
 * @property {CatalogAgent[]} agents
 */

const SETTINGS = {
  loadMillis: 10_000,
  skeletonMillis: 300,
  progressMillis: 300,
  catalogJitterMillis: 300,
  reportSampling: 1,
  reportMillis: 30_000,
};

/** @typedef {typeof SETTINGS} Settings */

/**
 * @typedef {object} PageState
 * @property {boolean} development
 * @property {string} locale
 * @property {string} signInUrl
 * @property {string | null} reportUrl where the health of modules is told, if anywhere
 * @property {import("@pergola/client").Session} session
 * @property {Settings} settings
 * @property {Record<string, string>} words
 * @property {Catalog} catalog
 */

/**
 * What the server says in the page to the runtime.
 * @param {Document} page
 * @returns {PageState}
 */
export function readPageState(page) {
  const text = page.getElementById("pergola-page-state")?.textContent;
  const told = text ? JSON.parse(text) : {};
  return {
    development: told.development === true,
    locale: told.locale ?? page.documentElement.lang ?? "en",
    signInUrl: told.signInUrl ?? "/oauth2/authorization/pergola",
    reportUrl: told.reportUrl ?? null,
    session: told.session ?? {},
    settings: { ...SETTINGS, ...told.settings },
    words: told.words ?? {},
    catalog: completeCatalog(told.catalog),
  };
}

/**
 * @param {Partial<Catalog>} [catalog]
 * @returns {Catalog}
 */
export function completeCatalog(catalog = {}) {
  return {
    revision: catalog.revision ?? 0,
    modules: catalog.modules ?? [],
    pages: catalog.pages ?? [],
    slots: catalog.slots ?? [],
    navigation: catalog.navigation ?? [],
    agents: catalog.agents ?? [],
  };
}
