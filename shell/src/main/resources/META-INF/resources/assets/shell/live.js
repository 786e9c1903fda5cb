import { EventStream } from "./event-stream.js";
import { refreshPage } from "./live-page.js";
import { completeCatalog } from "./page-state.js";

/**
 * Keeps an open page true: when the catalog changes, what is shown follows.
 * @param {import("./portal.js").Portal} portal
 */
export function followCatalog(portal) {
  const refresh = coalesced(() => refetch(portal));
  const { catalogJitterMillis } = portal.state.settings;
  const stream = new EventStream("catalog");
  stream.addEventListener("event", (event) => {
    const { type, ref } = /** @type {CustomEvent} */ (event).detail;
    const isNews = !(ref?.revision <= portal.catalog.current.revision);
    if ((type === "catalog.changed" || type === "resync") && isNews) {
      // All tabs of all people hear of it in one moment.
      setTimeout(refresh, Math.random() * catalogJitterMillis);
    }
  });
  portal.catalog.addEventListener("change", (event) => {
    const { before, isDrawn } = /** @type {CustomEvent} */ (event).detail;
    const { current } = portal.catalog;
    if (!isDrawn && drawnFrom(before) !== drawnFrom(current)) {
      void refreshPage(portal, before, current);
    }
  });
  stream.start();
}

/**
 * What the server draws a page from, beside the modules themselves.
 * @param {import("./page-state.js").Catalog} catalog
 */
function drawnFrom({ navigation, pages, modules }) {
  const states = modules.map(({ module, enabled, reason, entry, version }) => [
    ...[module, enabled, reason],
    entry.format === "fragment" && version,
  ]);
  return JSON.stringify([navigation, pages, states]);
}

/** @param {import("./portal.js").Portal} portal */
async function refetch(portal) {
  try {
    const response = await portal.fetch("/catalog", { cache: "no-cache" });
    portal.catalog.replace(completeCatalog(await response.json()));
  } catch (error) {
    // The next event, or the next page, brings it.
    console.warn("catalog: not refreshed", error);
  }
}

/**
 * Runs work once at a time; calls that come meanwhile make it run once more.
 * @param {() => Promise<void>} work
 * @returns {() => void}
 */
export function coalesced(work) {
  let isRunning = false;
  let isWanted = false;
  return async function run() {
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    do {
      isWanted = false;
      await work();
    } while (isWanted);
    isRunning = false;
  };
}
