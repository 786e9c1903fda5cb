import { showBar } from "./bars.js";
import { EventStream } from "./event-stream.js";
import { fetchPage } from "./fragments.js";
import { completeCatalog } from "./page-state.js";
import { isSwappable, swapNavigation } from "./swap.js";

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
  stream.addEventListener("open", refresh);
  portal.catalog.addEventListener("change", (event) => {
    const { before } = /** @type {CustomEvent} */ (event).detail;
    const now = portal.catalog.current.navigation;
    if (JSON.stringify(before.navigation) !== JSON.stringify(now)) {
      void refreshNavigation(portal);
    }
  });
  stream.start();
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
 * The server draws the menu, for this page as for any other.
 * @param {import("./portal.js").Portal} portal
 */
async function refreshNavigation(portal) {
  try {
    const path = location.href;
    const { page } = await fetchPage(new URL(path));
    if (!isSwappable(page)) {
      const act = () => location.reload();
      const text = portal.words("reload");
      showBar("build", portal.words("portalUpdated"), [{ text, act }]);
    } else if (path === location.href) {
      swapNavigation(page);
    }
  } catch (error) {
    console.warn("navigation: not refreshed", error);
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
