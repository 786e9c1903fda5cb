import { make } from "./dom.js";
import { thePortal } from "./portal.js";

/**
 * A named place that other modules fill, in the order of the catalog. Each
 * filler has a host of its own: a slow or failing one keeps no other waiting.
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

  /** Keeps the hosts of fillers that stay, so that they are not mounted anew. */
  #fill() {
    const present = new Map(
      [...this.querySelectorAll(":scope > pergola-module-host")].map((host) => [
        keyOf(/** @type {HTMLElement} */ (host).dataset),
        host,
      ]),
    );
    const context = this.getAttribute("context") ?? "{}";
    const hosts = thePortal()
      .catalog.fillers(this.getAttribute("name") ?? "")
      .map(({ module, element }) => {
        const wanted = { module, element, context };
        return present.get(keyOf(wanted)) ?? hostFor(wanted);
      });
    const staying = new Set(hosts);
    for (const host of present.values()) {
      if (!staying.has(host)) {
        host.remove();
      }
    }
    hosts.forEach((host, index) => {
      if (this.children[index] !== host) {
        this.insertBefore(host, this.children[index] ?? null);
      }
    });
  }
}

/** @param {{ module: string, element: string, context: string }} wanted */
function hostFor({ module, element, context }) {
  return make("pergola-module-host", {
    "data-module": module,
    "data-element": element,
    "data-context": context,
  });
}

/** @param {DOMStringMap} data */
function keyOf({ module, element, context }) {
  return JSON.stringify([module, element, context ?? "{}"]);
}
