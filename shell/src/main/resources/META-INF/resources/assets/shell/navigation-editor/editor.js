import { watchDrag } from "./drag.js";
import { adoptEditorLook } from "./look.js";
import { Steps } from "./steps.js";
import {
  focusItem,
  idOf,
  isGroup,
  itemsOf,
  linkOf,
  makeTree,
  setOpen,
} from "./tree.js";

/** What Alt and a key do; the buttons of an item's page do the same. */
const MOVES = new Map([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
  ["ArrowLeft", "out"],
  ["ArrowRight", "in"],
  ["Home", "top"],
  ["End", "bottom"],
]);

/** @type {string | null} item that had the keyboard before the page was drawn anew */
let focused = null;

const steps = new Steps(() => {
  enhanceEditor();
  const tree = findTree();
  if (tree !== null && focused !== null) {
    focusItem(
      tree,
      itemsOf(tree).find((item) => idOf(item) === focused),
    );
  }
});

/** Makes the list of the page a tree that is moved by pointer and keyboard. */
export function enhanceEditor() {
  const tree = findTree();
  if (tree !== null && tree.getAttribute("role") !== "tree") {
    adoptEditorLook();
    makeTree(tree);
    tree.addEventListener("keydown", (event) => press(tree, event));
    watchDrag(tree, (moved, drop) => {
      focused = idOf(moved);
      steps.add(dropped(moved, drop));
      showDrop(tree, moved, drop);
    });
  }
}

/** @returns {HTMLElement | null} */
function findTree() {
  return document.querySelector("[data-pergola-nav-tree]");
}

/**
 * @param {HTMLElement} tree
 * @param {KeyboardEvent} event
 */
function press(tree, event) {
  const { key, altKey, target } = event;
  const item = target instanceof Element ? target.closest("li") : null;
  if (item === null || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const move = MOVES.get(key);
  if (altKey && move !== undefined) {
    event.preventDefault();
    focused = idOf(item);
    steps.add({ do: `${move}${isGroup(item) ? "-group" : ""}:${focused}` });
    showMove(item, move);
    focusItem(tree, item);
  } else if (!altKey && go(tree, item, key)) {
    event.preventDefault();
  }
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement} item
 * @param {string} key
 * @returns {boolean} whether the key means something here
 */
function go(tree, item, key) {
  const items = itemsOf(tree);
  const at = items.indexOf(item);
  const isOpen = item.getAttribute("aria-expanded") === "true";
  switch (key) {
    case "ArrowUp":
      focusItem(tree, items[at - 1]);
      return true;
    case "ArrowDown":
      focusItem(tree, items[at + 1]);
      return true;
    case "Home":
      focusItem(tree, items[0]);
      return true;
    case "End":
      focusItem(tree, items.at(-1));
      return true;
    case "ArrowRight":
      if (isGroup(item) && !isOpen) {
        setOpen(tree, item, true);
      } else if (isGroup(item) && item.querySelector("li") !== null) {
        focusItem(tree, items[at + 1]);
      }
      return true;
    case "ArrowLeft":
      if (isGroup(item) && isOpen) {
        setOpen(tree, item, false);
      } else {
        focusItem(tree, item.parentElement?.closest("li") ?? undefined);
      }
      return true;
    case "Enter":
      linkOf(item)?.click();
      return true;
    default:
      return false;
  }
}

/**
 * What the Move button of an item's or group's page would send.
 * @param {HTMLElement} moved
 * @param {import("./drag.js").Drop} drop
 * @returns {import("./steps.js").Fields}
 */
function dropped(moved, { item, where }) {
  const id = idOf(moved);
  if (isGroup(moved)) {
    const parent = where === "into" ? idOf(item) : (item.dataset.parent ?? "");
    return {
      do: `move-group:${id}`,
      [`parent:${id}`]: parent,
      [`at:group:${id}`]: placeIn(groupsBelow(parent), moved, item, where),
    };
  }
  const into = where === "into" ? item : item.parentElement?.closest("li");
  const group = into?.dataset.group ?? "";
  const list = isGroup(item) ? [] : itemsBeside(item);
  return {
    do: `move:${id}`,
    [`to:${id}`]: group,
    [`at:${id}`]: placeIn(list, moved, item, where),
  };
}

/**
 * @param {HTMLElement[]} list
 * @param {HTMLElement} moved
 * @param {HTMLElement} item
 * @param {import("./drag.js").Where} where
 * @returns {string} place from 1, empty for the end
 */
function placeIn(list, moved, item, where) {
  const at = list.filter((other) => other !== moved).indexOf(item);
  return at < 0 ? "" : String(at + (where === "after" ? 2 : 1));
}

/** @param {string} parent */
function groupsBelow(parent) {
  const groups = findTree()?.querySelectorAll("li") ?? [];
  return [...groups].filter(
    (group) => isGroup(group) && (group.dataset.parent ?? "") === parent,
  );
}

/** @param {HTMLElement} item */
function itemsBeside(item) {
  return /** @type {HTMLElement[]} */ ([
    ...(item.parentElement?.children ?? []),
  ]).filter((other) => !isGroup(other));
}

/**
 * Shows a move before the server has answered, where it is sure.
 * @param {HTMLElement} item
 * @param {string} move
 */
function showMove(item, move) {
  const beside = isGroup(item) ? [] : itemsBeside(item);
  const at = beside.indexOf(item);
  if (move === "up") {
    beside[at - 1]?.before(item);
  } else if (move === "down") {
    beside[at + 1]?.after(item);
  } else if (move === "top" && at > 0) {
    beside[0]?.before(item);
  } else if (move === "bottom" && at < beside.length - 1) {
    beside.at(-1)?.after(item);
  }
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement} moved
 * @param {import("./drag.js").Drop} drop
 */
function showDrop(tree, moved, { item, where }) {
  if (!isGroup(moved)) {
    if (where === "into") {
      item.querySelector("ul")?.append(moved);
    } else if (where === "before") {
      item.before(moved);
    } else {
      item.after(moved);
    }
  }
  focusItem(tree, moved);
}
