import { make } from "./dom.js";
import { thePortal } from "./portal.js";

/**
 * A named place that other modules fill, in the order of the catalog. Each
 * filler has a host of its own: a slow or failing one keeps no other waiting.
 * Inside a `pergola-grid` each stands in a card.
 * @attr name of the slot
 * @attr context JSON that every filler gets as `slotContext`
 */
export class PageSlot extends HTMLElement {
  static observedAttributes = ["name", "context"];
  #changed = () => this.#fill();

  connectedCallback() {
    thePortal().catalog.addEventListener("change", this.#changed);
    this.#fill();
  }

  disconnectedCallback() {
    thePortal().catalog.removeEventListener("change", this.#changed);
  }

  attributeChangedCallback() {
    if (this.isConnected) {
      this.#fill();
    }
  }

  /** Keeps what stays, also what the server placed, so that it is not mounted anew. */
  #fill() {
    const context = this.getAttribute("context") ?? undefined;
    const present = new Map(
      [...this.children].map((child) => [keyOf(hostIn(child)?.dataset), child]),
    );
    const wanted = thePortal()
      .catalog.fillers(this.getAttribute("name") ?? "")
      .map(({ module, element }) => ({ module, element, context }))
      .map((filler) => present.get(keyOf(filler)) ?? this.#place(filler));
    const staying = new Set(wanted);
    for (const child of [...this.children]) {
      if (!staying.has(child)) {
        child.remove();
      }
    }
    wanted.forEach((child, index) => {
      if (this.children[index] !== child) {
        this.insertBefore(child, this.children[index] ?? null);
      }
    });
  }

  /** @param {{ module: string, element: string, context?: string | undefined }} filler */
  #place({ module, element, context }) {
    const host = make("pergola-module-host", {
      class: "pergola-module-host",
      "data-module": module,
      "data-element": element,
      ...(context !== undefined && { "data-context": context }),
    });
    return this.classList.contains("pergola-grid")
      ? make("article", { class: "pergola-card", "data-module": module }, host)
      : host;
  }
}

/**
 * @param {Element} child
 * @returns {HTMLElement | null}
 */
function hostIn(child) {
  return child.matches("pergola-module-host")
    ? /** @type {HTMLElement} */ (child)
    : child.querySelector("pergola-module-host");
}

/** @param {DOMStringMap} [data] */
function keyOf({ module, element, context } = {}) {
  return JSON.stringify([module, element, context]);
}
