// Entry of the module: `mount` decides by the page what is shown; in a slot there is no page.
import React from "react";
import { createRoot } from "react-dom/client";
import { Board } from "./board.jsx";
import { ClosingCard } from "./closing-card.jsx";
import { DealDetail } from "./deal-detail.jsx";
import { Portal } from "./portal.js";

/** @type {WeakMap<Element, import("react-dom/client").Root>} */
const roots = new WeakMap();

const PAGES = { board: Board, detail: DealDetail };

/**
 * @param {HTMLElement} container
 * @param {any} pergola client object of the portal
 */
export function mount(container, pergola) {
  const Content = PAGES[pergola.page] ?? ClosingCard;
  const root = createRoot(container);
  roots.set(container, root);
  container.classList.add("deals");
  root.render(
    <Portal.Provider value={pergola}>
      <Content />
    </Portal.Provider>,
  );
}

/** @param {HTMLElement} container */
export function unmount(container) {
  roots.get(container)?.unmount();
  roots.delete(container);
}
