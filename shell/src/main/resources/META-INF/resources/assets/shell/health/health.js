import { hearHappenings } from "../happenings.js";
import { ModuleHost } from "../module-host.js";
import { problemOf } from "./item.js";
import { Reports } from "./reports.js";
import { Vitals } from "./vitals.js";

/** @typedef {{ module: string, version: string }} Owner */

/**
 * Measures how modules fare in this tab, if it is among those that do, and
 * tells the registry. It holds nothing that says who sits before it.
 * @param {import("../portal.js").Portal} portal
 * @param {string} reportUrl
 */
export function measureHealth(portal, reportUrl) {
  const { reportSampling, reportMillis } = portal.state.settings;
  if (Math.random() >= reportSampling) {
    return;
  }
  const reports = new Reports(reportUrl, reportMillis);
  const threw = new WeakSet();
  hearHappenings(({ kind, target, load, millis, failure, id = "" }) => {
    reports.add(target, (item) => {
      item.loads += kind === "error" ? 0 : 1;
      item.failures += kind === "failure" ? 1 : 0;
      if (millis !== undefined) {
        item.mountMillis.push(Math.round(millis));
      }
      if (kind === "error" && load !== undefined && !threw.has(load)) {
        threw.add(load);
        item.errors += 1;
      }
      if (failure !== undefined) {
        item.problems.push(problemOf(failure, { id, page: target.page }));
      }
    });
  });
  measurePages(portal, reports);
}

/**
 * @param {import("../portal.js").Portal} portal
 * @param {Reports} reports
 */
function measurePages(portal, reports) {
  const vitals = new Vitals();
  let owner = ownerOf(portal);
  const end = () => {
    const { lcp, inp, cls } = vitals.take();
    if (owner !== null) {
      reports.add(owner, (item) => {
        put(item.lcpMillis, lcp && Math.round(lcp));
        put(item.inpMillis, inp && Math.round(inp));
        put(item.cls, cls && Math.round(cls * 10_000) / 10_000);
      });
    }
  };
  document.addEventListener("pergola-module-load", ({ target }) => {
    if (target instanceof ModuleHost && target.dataset.page !== undefined) {
      const isOther = owner?.version !== target.mounted?.version;
      if (owner !== null && isOther) {
        end();
      }
      owner = target.mounted;
    }
  });
  document.addEventListener("pergola-navigate", () => {
    end();
    owner = ownerOf(portal);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      end();
      // What a page does while nobody looks, or to those who come back, is not its start.
      owner = null;
      reports.flush();
    }
  });
}

/**
 * The module whose page is shown, as far as it is known yet.
 * @param {import("../portal.js").Portal} portal
 * @returns {Owner | null}
 */
function ownerOf(portal) {
  const host = document.querySelector("main pergola-module-host[data-page]");
  const fragment = document.querySelector("main .pergola-fragment");
  if (host instanceof ModuleHost && host.mounted !== null) {
    return host.mounted;
  }
  const name = fragment instanceof HTMLElement && fragment.dataset.module;
  return (name && portal.catalog.module(name)) || null;
}

/**
 * @param {number[]} list
 * @param {number | undefined} value
 */
function put(list, value) {
  if (value !== undefined) {
    list.push(value);
  }
}
