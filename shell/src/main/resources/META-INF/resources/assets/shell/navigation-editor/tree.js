import { icon, make } from "../dom.js";

/** Groups somebody closed; they stay so when the page is drawn anew. */
const closed = new Set();

/**
 * Makes the list a tree (ARIA Authoring Practices, "Tree View").
 * @param {HTMLElement} tree
 */
export function makeTree(tree) {
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-labelledby", "pergola-n-tree");
  tree.setAttribute("aria-describedby", "pergola-n-tree-help");
  tree.classList.add("pergola-nav-tree");
  document.getElementById("pergola-n-tree-help")?.removeAttribute("hidden");
  for (const item of tree.querySelectorAll("li")) {
    makeItem(item);
  }
  showOpen(tree);
  const [first] = itemsOf(tree);
  first?.setAttribute("tabindex", "0");
}

/** @param {HTMLElement} item */
function makeItem(item) {
  const link = linkOf(item);
  const list = item.querySelector("ul");
  const above = item.parentElement?.closest("li") ?? null;
  const level = isGroup(item) ? levelOf(item) : levelOf(above) + 1;
  item.setAttribute("role", "treeitem");
  item.setAttribute("tabindex", "-1");
  item.setAttribute("aria-level", String(level));
  item.setAttribute("aria-label", link?.textContent ?? "");
  list?.setAttribute("role", "group");
  link?.setAttribute("tabindex", "-1");
  item.prepend(
    make(
      "span",
      { class: "pergola-nav-handle", "aria-hidden": "true" },
      icon("grip-vertical"),
    ),
  );
}

/** @param {HTMLElement | null} group */
function levelOf(group) {
  return Number(group?.dataset.level ?? 0);
}

/** @param {Element} item */
export function isGroup(item) {
  return item instanceof HTMLElement && item.dataset.group !== undefined;
}

/**
 * Names an item among all: `module/id`, or the id of a group.
 * @param {HTMLElement} item
 */
export function idOf({ dataset }) {
  return dataset.key ?? dataset.group ?? "";
}

/**
 * @param {HTMLElement} item
 * @returns {HTMLAnchorElement | null}
 */
export function linkOf(item) {
  return item.querySelector(":scope > a");
}

/**
 * Items that are not in a closed group, in the order of the page.
 * @param {HTMLElement} tree
 * @returns {HTMLElement[]}
 */
export function itemsOf(tree) {
  return [...tree.querySelectorAll("li")].filter(
    (item) => item.closest("[hidden]") === null,
  );
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement | undefined} item
 */
export function focusItem(tree, item) {
  if (item !== undefined) {
    tree.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    item.focus();
  }
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement} group
 * @param {boolean} isOpen
 */
export function setOpen(tree, group, isOpen) {
  if (isOpen) {
    closed.delete(idOf(group));
  } else {
    closed.add(idOf(group));
  }
  showOpen(tree);
}

/**
 * Groups within a group stand beside it in the page, so both are hidden alike.
 * @param {HTMLElement} tree
 */
function showOpen(tree) {
  let below = Number.POSITIVE_INFINITY;
  for (const group of tree.querySelectorAll("li")) {
    if (isGroup(group)) {
      const isBelow = levelOf(group) > below;
      const isClosed = closed.has(idOf(group));
      group.hidden = isBelow;
      group.setAttribute("aria-expanded", String(!isClosed));
      const list = group.querySelector("ul");
      if (list !== null) {
        list.hidden = isClosed;
      }
      if (!isBelow) {
        below = isClosed ? levelOf(group) : Number.POSITIVE_INFINITY;
      }
    }
  }
}
