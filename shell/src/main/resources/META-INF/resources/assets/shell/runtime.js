import { watchAssistant } from "./assistant-loader.js";
import { followCatalog } from "./live.js";
import { watchModuleErrors } from "./module-errors.js";
import { watchNetwork } from "./offline.js";
import { readPageState } from "./page-state.js";
import { Portal, usePortal } from "./portal.js";
import { Router } from "./router.js";
import { showToast } from "./toasts.js";

/** Starts everything that is there as long as the page is. */
export function startPortal() {
  const portal = new Portal(readPageState(document));
  const router = new Router(portal);
  portal.navigate = (path) => router.navigate(path);
  portal.notify = showToast;
  usePortal(portal);
  watchModuleErrors();
  watchNetwork(portal.words);
  router.start();
  followCatalog(portal);
  watchAssistant();
}
