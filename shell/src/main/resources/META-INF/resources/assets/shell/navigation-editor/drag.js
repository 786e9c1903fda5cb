import { isGroup, linkOf } from "./tree.js";

/** @typedef {"before" | "after" | "into"} Where */

/**
 * Where something is let go.
 * @typedef {object} Drop
 * @property {HTMLElement} item
 * @property {Where} where
 */

/**
 * Moves items by their handles, with mouse, pen or finger. Escape lets go of it.
 * @param {HTMLElement} tree
 * @param {(moved: HTMLElement, drop: Drop) => void} onDrop
 */
export function watchDrag(tree, onDrop) {
  tree.addEventListener("pointerdown", (event) => {
    const { target, button, isPrimary } = event;
    const handle =
      target instanceof Element ? target.closest(".pergola-nav-handle") : null;
    const moved = handle?.closest("li");
    if (handle && moved && button === 0 && isPrimary) {
      event.preventDefault();
      drag(tree, event, handle, moved, onDrop);
    }
  });
}

/**
 * @param {HTMLElement} tree
 * @param {PointerEvent} start
 * @param {Element} handle
 * @param {HTMLElement} moved
 * @param {(moved: HTMLElement, drop: Drop) => void} onDrop
 */
function drag(tree, start, handle, moved, onDrop) {
  const end = new AbortController();
  const { signal } = end;
  /** @type {Drop | null} */
  let drop = null;
  const mark = (/** @type {Drop | null} */ next) => {
    drop?.item.removeAttribute("data-drop");
    next?.item.setAttribute("data-drop", next.where);
    drop = next;
  };
  const stop = () => {
    mark(null);
    moved.removeAttribute("data-dragged");
    end.abort();
  };
  handle.setPointerCapture(start.pointerId);
  moved.setAttribute("data-dragged", "");
  const listen = handle.addEventListener.bind(handle);
  listen(
    "pointermove",
    (event) => mark(dropAt(tree, moved, /** @type {PointerEvent} */ (event))),
    { signal },
  );
  listen(
    "pointerup",
    () => {
      const last = drop;
      stop();
      if (last !== null) {
        onDrop(moved, last);
      }
    },
    { signal },
  );
  listen("pointercancel", stop, { signal });
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") {
        stop();
      }
    },
    { signal },
  );
}

/**
 * @param {HTMLElement} tree
 * @param {HTMLElement} moved
 * @param {PointerEvent} event
 * @returns {Drop | null} null where it cannot be
 */
function dropAt(tree, moved, { clientX, clientY }) {
  const under = document.elementFromPoint(clientX, clientY)?.closest("li");
  if (!under || !tree.contains(under) || moved.contains(under)) {
    return null;
  }
  const row = isGroup(under) ? (linkOf(under) ?? under) : under;
  const { top, height } = row.getBoundingClientRect();
  const share = (clientY - top) / height;
  const where = share < 0.5 ? "before" : "after";
  if (!isGroup(moved)) {
    const isFirstGroup =
      isGroup(under) && !under.previousElementSibling?.matches("[data-group]");
    // Above the first group is the top, which has no row of its own.
    return isGroup(under) && !(isFirstGroup && share < 0.3)
      ? { item: under, where: "into" }
      : { item: under, where };
  }
  if (!isGroup(under)) {
    return null;
  }
  const isInto = share > 0.3 && share < 0.7;
  return { item: under, where: isInto ? "into" : where };
}
