import { showBar } from "./bars.js";
import { fetchPage } from "./fragments.js";
import { isSwappable, swapHeading, swapMain, swapNavigation } from "./swap.js";
import { offerUpdate } from "./updates.js";

/** @typedef {import("./page-state.js").Catalog} Catalog */

/**
 * Draws menu, headings and server-written content anew after a change of the
 * catalog; module hosts follow it by themselves.
 * @param {import("./portal.js").Portal} portal
 * @param {Catalog} before
 * @param {Catalog} now
 */
export async function refreshPage(portal, before, now) {
  const { words } = portal;
  const address = location.href;
  try {
    const { page } = await fetchPage(new URL(address));
    if (address !== location.href) {
      return;
    }
    if (!isSwappable(page)) {
      const act = () => location.reload();
      const actions = [{ text: words("reload"), act }];
      showBar("build", words("portalUpdated"), actions);
      return;
    }
    swapNavigation(page);
    document.title = page.title;
    const main = document.querySelector("main");
    if (main === null || !isOtherContent(page, before, now)) {
      swapHeading(page);
    } else if (isEdited(main)) {
      const title = page.querySelector("h1")?.textContent ?? page.title;
      offerUpdate(main, title, () => swapMain(page));
    } else {
      swapMain(page);
    }
  } catch (error) {
    console.warn("page: not refreshed", error);
  }
}

/**
 * Whether `main` holds another module than before, or another version of a
 * module that the server writes.
 * @param {Document} page
 * @param {Catalog} before
 * @param {Catalog} now
 */
function isOtherContent(page, before, now) {
  const fragment = document.querySelector("main .pergola-fragment");
  const module = fragment instanceof HTMLElement && fragment.dataset.module;
  return (
    placesIn(document) !== placesIn(page) ||
    (module && stateOf(before, module) !== stateOf(now, module))
  );
}

/** @param {Document} page */
function placesIn(page) {
  const places = page.querySelectorAll(
    "main :is(pergola-module-host, pergola-slot, .pergola-fragment)",
  );
  return [...places]
    .filter((place) => !place.parentElement?.closest("pergola-slot"))
    .map(({ localName, attributes }) =>
      [localName, attributes.getNamedItem("data-module")?.value].join(" "),
    )
    .join();
}

/**
 * @param {Catalog} catalog
 * @param {string} name
 */
function stateOf({ modules }, name) {
  const module = modules.find((one) => one.module === name);
  return JSON.stringify([module?.version, module?.enabled, module?.reason]);
}

/**
 * Whether the person has written into a form of the page.
 * @param {Element} main
 */
function isEdited(main) {
  return [...main.querySelectorAll("input, textarea")].some((field) => {
    const { value, defaultValue } = /** @type {HTMLInputElement} */ (field);
    return value !== defaultValue;
  });
}
