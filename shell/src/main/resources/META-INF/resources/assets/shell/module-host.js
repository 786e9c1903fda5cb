import { make } from "./dom.js";
import { disabledCard, errorCard } from "./error-card.js";
import { ModuleErrorEvent, ModuleFailure, errorId } from "./failure.js";
import { note } from "./happenings.js";
import { Mounting } from "./mounting.js";
import { thePortal } from "./portal.js";
import { targetOf } from "./target.js";
import { offerUpdate, withdrawUpdate } from "./updates.js";

/**
 * A module's place in the page. Whatever happens to the module happens here:
 * the rest of the page goes on.
 *
 * `data-state` is `loading`, `mounted`, `failed` or `disabled`.
 * @fires {Event} pergola-module-load the module is in its place
 * @fires {import("./failure.js").ModuleErrorEvent} pergola-module-error
 */
export class ModuleHost extends HTMLElement {
  /** @type {Mounting | null} what is shown */
  #shown = null;
  /** @type {Mounting | null} what is on its way */
  #coming = null;
  /** How often this place could not load its module. */
  #failures = 0;
  /** What this place was last asked to show. */
  #wanted = "";
  #changed = () => void this.#follow();

  connectedCallback() {
    thePortal().catalog.addEventListener("change", this.#changed);
    if (this.#shown === null) {
      void this.#show(this.#target());
    }
  }

  disconnectedCallback() {
    thePortal().catalog.removeEventListener("change", this.#changed);
    withdrawUpdate(this);
    void this.#coming?.stop();
    void this.#shown?.stop();
    this.#coming = this.#shown = null;
  }

  /** Module and version that are shown; null when none is. */
  get mounted() {
    return this.#shown?.target ?? null;
  }

  /**
   * Takes an error that the module threw after it was in its place.
   * @param {unknown} error
   */
  caught(error) {
    const shown = this.#shown;
    if (shown === null || this.dataset.state !== "mounted") {
      return;
    }
    const { target } = shown;
    const failure = new ModuleFailure("threw", error);
    const id = errorId();
    note({ kind: "error", target, load: shown, failure, id });
    if (shown.isEmpty) {
      void shown.stop();
      this.#shown = null;
      this.#fail(target, failure, id);
    } else {
      // What the person sees may hold their work: the card stands above it.
      this.querySelector(":scope > .pergola-error-card")?.remove();
      this.prepend(this.#tell(target, failure, id));
    }
  }

  #target() {
    return targetOf(this.dataset, thePortal().catalog);
  }

  /** @param {import("./target.js").Target | null} target */
  async #show(target) {
    void this.#coming?.stop();
    this.#coming = null;
    this.#wanted = keyOf(target);
    if (target === null) {
      this.#fail(null, new ModuleFailure("unknown"));
      return;
    }
    if (!target.enabled) {
      this.#disable(target);
      return;
    }
    const asked = performance.now();
    const coming = new Mounting(target, this);
    this.#coming = coming;
    const settle = this.#waiting(target.title);
    try {
      await coming.start(this.#failures);
    } catch (error) {
      if (this.#coming === coming) {
        this.#coming = null;
        this.#failures += coming.isLoaded ? 0 : 1;
        const failure = ModuleFailure.of(error);
        const id = errorId();
        note({ kind: "failure", target, failure, id });
        this.#fail(target, failure, id);
      }
      return;
    } finally {
      settle();
    }
    if (this.#coming === coming) {
      const millis = performance.now() - asked;
      note({ kind: "load", target, load: coming, millis });
      this.#settle(coming);
    }
  }

  /** @param {Mounting} coming */
  #settle(coming) {
    const before = this.#shown;
    this.#coming = null;
    this.#shown = coming;
    this.#failures = 0;
    coming.container.hidden = false;
    void before?.stop();
    for (const child of [...this.childNodes]) {
      if (child !== coming.container && child !== before?.container) {
        child.remove();
      }
    }
    this.dataset.state = "mounted";
    this.dispatchEvent(new Event("pergola-module-load", { bubbles: true }));
  }

  /**
   * Shows that something is on its way, once it takes long enough to notice.
   * @param {string} title
   * @returns {() => void} ends it
   */
  #waiting(title) {
    const { words, state } = thePortal();
    if (this.#shown === null) {
      this.dataset.state = "loading";
    }
    this.setAttribute("aria-busy", "true");
    const timer = setTimeout(() => {
      if (this.#shown === null) {
        this.replaceChildren(
          make("div", {
            class: "pergola-skeleton card",
            role: "img",
            "aria-label": words("loading", { module: title }),
          }),
          ...this.querySelectorAll(":scope > [data-pergola-mount]"),
        );
      }
    }, state.settings.skeletonMillis);
    return () => {
      clearTimeout(timer);
      if (this.#coming === null || this.#coming.target.title === title) {
        this.removeAttribute("aria-busy");
      }
    };
  }

  /**
   * @param {import("./target.js").Target | null} target
   * @param {ModuleFailure} failure
   * @param {string} [id]
   */
  #fail(target, failure, id = errorId()) {
    const card = this.#tell(target, failure, id);
    // A new version that fails does not take away the one that works.
    if (this.#shown === null) {
      this.replaceChildren(card);
      this.dataset.state = "failed";
    }
  }

  /**
   * @param {import("./target.js").Target | null} target
   * @param {ModuleFailure} failure
   * @param {string} id
   * @returns {HTMLElement} a card for people; the page has been told
   */
  #tell(target, failure, id) {
    console.error(`${this.dataset.module} (${id})`, failure.cause ?? failure);
    this.dispatchEvent(new ModuleErrorEvent(target, failure, id));
    const title = target?.title ?? this.dataset.module ?? "";
    return errorCard(target, failure, { title, id, retry: () => this.retry() });
  }

  /** Mounts the module anew. */
  retry() {
    void this.#shown?.stop();
    this.#shown = null;
    this.replaceChildren();
    void this.#show(this.#target());
  }

  /** @param {import("./target.js").Target} target */
  #disable(target) {
    withdrawUpdate(this);
    void this.#shown?.stop();
    this.#shown = null;
    this.replaceChildren(disabledCard(target.title, target.reason));
    this.dataset.state = "disabled";
    this.removeAttribute("aria-busy");
  }

  /** The catalog changed: comes up with what it says for this place. */
  async #follow() {
    const target = this.#target();
    if (keyOf(target) === this.#wanted) {
      return;
    }
    this.#wanted = keyOf(target);
    if (this.#shown === null || target === null || !target.enabled) {
      await this.#show(target);
      return;
    }
    const { module, version } = this.#shown.target;
    const reason = thePortal().catalog.module(module)?.off?.[version];
    if (reason !== undefined) {
      // Who switches a version off does not ask those who are at work in it.
      thePortal().notify(`${target.title}: ${reason}`);
      await this.#show(target);
      return;
    }
    const answer = await this.#shown.canUpdate();
    if (answer === "allow") {
      await this.#show(target);
    } else if (answer === "ask") {
      offerUpdate(this, target.title, () => void this.#show(this.#target()));
    }
  }
}

/** @param {import("./target.js").Target | null} target */
function keyOf(target) {
  return target === null
    ? "none"
    : `${target.version} ${target.entry.url} ${target.enabled} ${target.reason}`;
}
