import { announce } from "./announce.js";
import { ask } from "./dialog.js";
import { NotAPageError, fetchPage } from "./fragments.js";
import { urlOfClick, urlOfSubmit, withoutHash } from "./links.js";
import { readPageState } from "./page-state.js";
import { showProgress } from "./progress.js";
import { restoreScroll } from "./scroll.js";
import { focusPage, isSwappable, swapPage } from "./swap.js";

/**
 * Follows links of the portal without a reload. Anything it cannot do, the
 * browser does by navigating for real.
 */
export class Router {
  #portal;
  #index = 0;
  #shown = withoutHash(location);
  #returning = false;
  /** @type {Map<number, number>} place in the history → scroll position */
  #positions = new Map();
  /** @type {AbortController | null} */
  #visit = null;

  /** @param {import("./portal.js").Portal} portal */
  constructor(portal) {
    this.#portal = portal;
  }

  start() {
    history.scrollRestoration = "manual";
    this.#index = history.state?.pergola ?? 0;
    history.replaceState({ ...history.state, pergola: this.#index }, "");
    if (history.state.scroll > 0) {
      restoreScroll(history.state.scroll);
    }
    addEventListener("click", (event) => this.#take(event, urlOfClick(event)));
    addEventListener("submit", (event) =>
      this.#take(event, urlOfSubmit(event)),
    );
    addEventListener("popstate", (event) => void this.#pop(event));
    addEventListener("pagehide", () => this.#saveScroll());
    addEventListener("beforeunload", (event) => {
      if (this.#portal.dirty.titles.length > 0) {
        event.preventDefault();
      }
    });
  }

  /**
   * Shows another page of the portal.
   * @param {string | URL} path
   * @returns {Promise<void>} once the page is shown, or was refused
   */
  async navigate(path) {
    const url = new URL(path, location.href);
    if (await this.#mayLeave(url)) {
      this.#saveScroll();
      await this.#show(url, "push");
    }
  }

  /**
   * @param {Event} event
   * @param {URL | null} url
   */
  #take(event, url) {
    if (url !== null) {
      event.preventDefault();
      void this.navigate(url);
    }
  }

  /** @param {PopStateEvent} event */
  async #pop({ state }) {
    if (this.#returning) {
      this.#returning = false;
      return;
    }
    const index = state?.pergola ?? this.#index;
    const url = new URL(location.href);
    if (withoutHash(url) === this.#shown) {
      this.#index = index;
      return;
    }
    if (!(await this.#mayLeave(url))) {
      this.#returning = index !== this.#index;
      history.go(this.#index - index);
      return;
    }
    this.#positions.set(this.#index, scrollY);
    this.#index = index;
    const scroll = this.#positions.get(index) ?? state?.scroll ?? 0;
    await this.#show(url, "none", scroll);
  }

  /** @param {URL} url */
  async #mayLeave(url) {
    const { dirty, words } = this.#portal;
    const before = new CustomEvent("pergola-before-navigate", {
      cancelable: true,
      detail: { url },
    });
    if (!document.dispatchEvent(before)) {
      return false;
    }
    if (dirty.titles.length === 0) {
      return true;
    }
    const module = dirty.titles.join(", ");
    const leaves = await ask({
      title: words("leaveTitle", { module }),
      text: words("leaveText"),
      yes: words("leave"),
      no: words("stay"),
    });
    if (leaves) {
      dirty.clear();
    }
    return leaves;
  }

  /**
   * @param {URL} url
   * @param {"push" | "none"} change of the history
   * @param {number} [scroll] where the person left the page
   */
  async #show(url, change, scroll) {
    this.#visit?.abort();
    const visit = new AbortController();
    this.#visit = visit;
    const settle = showProgress(this.#portal.state.settings.progressMillis);
    try {
      const fetched = await this.#fetch(url, visit.signal);
      if (!isSwappable(fetched.page)) {
        return leaveFor(url, change);
      }
      if (this.#visit === visit) {
        this.#place(fetched, url, change);
        this.#settle(url, scroll);
      }
    } catch (error) {
      if (!visit.signal.aborted) {
        this.#fallBack(error, url, change);
      }
    } finally {
      settle();
    }
  }

  /**
   * @param {URL} url
   * @param {AbortSignal} signal
   */
  async #fetch(url, signal) {
    try {
      return await fetchPage(url, signal);
    } catch (error) {
      const mustSignIn = error instanceof NotAPageError && error.status === 401;
      if (mustSignIn && (await this.#portal.signInAgain())) {
        return fetchPage(url, signal);
      }
      throw error;
    }
  }

  /**
   * @param {import("./fragments.js").FetchedPage} fetched
   * @param {URL} url
   * @param {"push" | "none"} change
   */
  #place(fetched, url, change) {
    const shown = new URL(fetched.url);
    shown.hash ||= url.hash;
    if (change === "push") {
      this.#index += 1;
      history.pushState({ pergola: this.#index }, "", shown);
    } else {
      history.replaceState(history.state, "", shown);
    }
    this.#shown = withoutHash(shown);
    const menu = document.querySelector("#pergola-navigation:popover-open");
    /** @type {HTMLElement | null} */ (menu)?.hidePopover();
    // Modules that leave need not follow the catalog any more; those that come find it.
    document.querySelector("main")?.replaceChildren();
    const { catalog } = readPageState(fetched.page);
    this.#portal.catalog.replace(catalog, { isDrawn: true });
    swapPage(fetched.page);
  }

  /**
   * @param {URL} url
   * @param {number} [scroll]
   */
  #settle(url, scroll) {
    const part = url.hash && document.getElementById(url.hash.slice(1));
    focusPage();
    if (scroll !== undefined) {
      restoreScroll(scroll);
    } else if (part) {
      part.scrollIntoView();
    } else {
      scrollTo({ top: 0, behavior: "instant" });
    }
    announce(document.title);
    document.dispatchEvent(
      new CustomEvent("pergola-navigate", { detail: { url } }),
    );
  }

  /**
   * @param {unknown} error
   * @param {URL} url
   * @param {"push" | "none"} change
   */
  #fallBack(error, url, change) {
    if (navigator.onLine) {
      leaveFor(url, change);
    } else {
      // The browser's own error page would take away what can still be read.
      console.error(error);
      this.#portal.notify(this.#portal.words("pageFailed"));
    }
  }

  #saveScroll() {
    this.#positions.set(this.#index, scrollY);
    history.replaceState({ ...history.state, scroll: scrollY }, "");
  }
}

/**
 * @param {URL} url
 * @param {"push" | "none"} change
 */
function leaveFor(url, change) {
  if (change === "push") {
    location.assign(url);
  } else {
    location.replace(url);
  }
}
