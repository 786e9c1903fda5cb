import { watchAssistant } from "./assistant-loader.js";
import { watchModuleErrors } from "./module-errors.js";
import { watchNetwork } from "./offline.js";
import { readPageState } from "./page-state.js";
import { watchPalette } from "./palette-loader.js";
import { Portal, usePortal } from "./portal.js";
import { Router } from "./router.js";
import { tellSession } from "./session-news.js";

/** Starts everything that is there as long as the page is. */
export function startPortal() {
  const portal = new Portal(readPageState(document));
  const router = new Router(portal);
  portal.navigate = (path) => router.navigate(path);
  portal.notify = async (text) => {
    const { toast } = await import("@pergola/design");
    toast(text);
  };
  usePortal(portal);
  tellSession(portal.state.session);
  watchModuleErrors();
  watchNetwork(portal.words);
  router.start();
  // Not needed to show the page, only to keep it true.
  void import("./live.js").then(({ followCatalog }) => followCatalog(portal));
  const { reportUrl } = portal.state;
  if (reportUrl !== null) {
    // Waits until the page has nothing better to do; it hears of what was before.
    const later = globalThis.requestIdleCallback ?? setTimeout;
    later(async () => {
      const { measureHealth } = await import("./health/health.js");
      measureHealth(portal, reportUrl);
    });
  }
  watchAssistant();
  watchPalette();
  void import("./enhancements.js").then((pages) => pages.watchPages());
}
