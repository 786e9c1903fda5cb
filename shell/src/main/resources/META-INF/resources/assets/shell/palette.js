import "@pergola/design";
import { make } from "./dom.js";
import { thePortal } from "./portal.js";

/** @typedef {{ group: string, items: { title: string, href: string, icon?: string }[] }} Group */

/** @type {any} */
let palette;

/** Opens the palette over everything this person may open. */
export function openPalette() {
  palette ??= make("pergola-palette", { keyless: "" });
  if (!palette.isConnected) {
    document.body.append(palette);
  }
  palette.items = everything();
  void palette.updateComplete.then(() => palette.open());
}

/** Places of the menu, pages beside it, and agents. */
function everything() {
  const { catalog, words } = thePortal();
  const { navigation, pages, agents, modules } = catalog.current;
  const items = /** @type {Group[]} */ (navigation).flatMap((group) =>
    (group.items ?? []).map(({ title, href, icon }) => ({
      ...{ title, href, icon, group: group.group },
    })),
  );
  const known = new Set(items.map(({ href }) => href));
  const others = pages
    .filter(({ path }) => !path.includes("{") && !known.has(path))
    .map(({ module, title, id, path }) => ({
      title: title ?? id,
      href: path,
      group: modules.find((one) => one.module === module)?.title ?? module,
    }));
  const asked = agents.map(({ title, id }) => ({
    title: title ?? id,
    href: "/assistant",
    icon: "sparkles",
    group: words("agents"),
  }));
  return [...items, ...others, ...asked];
}
