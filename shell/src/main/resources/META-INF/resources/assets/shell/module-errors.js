import { moduleOfError } from "./attribution.js";
import { ModuleHost } from "./module-host.js";

/**
 * Gives errors that nobody caught to the place of the module they come from.
 * Where a module has several places, one that shows nothing is meant.
 * @param {ErrorEvent | PromiseRejectionEvent} event
 */
function attribute(event) {
  const from = moduleOfError(event);
  if (from === null) {
    return;
  }
  const hosts = [...document.querySelectorAll("pergola-module-host")].filter(
    (host) =>
      host instanceof ModuleHost && host.mounted?.module === from.module,
  );
  const empty = hosts.find((host) => host.getBoundingClientRect().height === 0);
  const host = /** @type {ModuleHost | undefined} */ (empty ?? hosts[0]);
  host?.caught("reason" in event ? event.reason : event.error);
}

/** Listens for errors of modules. */
export function watchModuleErrors() {
  addEventListener("error", attribute);
  addEventListener("unhandledrejection", attribute);
}
