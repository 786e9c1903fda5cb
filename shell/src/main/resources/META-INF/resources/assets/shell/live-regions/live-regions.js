import { announce } from "../announce.js";
import { button, make } from "../dom.js";
import { fetchPage } from "../fragments.js";

const EVERY_MILLIS = 5_000;

const AT_MOST_MILLIS = 60_000;

/** This page; a link to a place in it leads nowhere else. */
function here() {
  return location.href.replace(/#.*/, "");
}

/**
 * Asks for the page again and again, and takes over the regions with
 * `data-pergola-live`. Whoever is in a region with keyboard or selection keeps
 * it as it is, and a tab nobody sees asks for nothing. What changed is said
 * aloud only where the attribute has words for it.
 */
export class LiveRegions {
  #control;
  #everyMillis;
  #address = here();
  #isPaused = false;
  #failures = 0;
  #time = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #at = make("span", { class: "pergola-quiet pergola-small" });
  #toggle = button("", () => this.#pauseOrResume(), "small");

  /**
   * @param {HTMLElement} control where the button goes; has the words
   * @param {number} [everyMillis] time between two looks
   */
  constructor(control, everyMillis = EVERY_MILLIS) {
    this.#control = control;
    this.#everyMillis = everyMillis;
  }

  start() {
    if (!this.#control.hidden) {
      return;
    }
    this.#control.hidden = false;
    this.#control.replaceChildren(this.#toggle, " ", this.#at);
    this.#say("pause");
    this.#tellTime();
    this.#wait();
  }

  /** Ends by itself when the page is another or nothing is left to follow. */
  get #isOver() {
    return !this.#control.isConnected || here() !== this.#address;
  }

  #pauseOrResume() {
    this.#isPaused = !this.#isPaused;
    clearTimeout(this.#timer);
    this.#say(this.#isPaused ? "resume" : "pause");
    if (!this.#isPaused) {
      void this.#refresh();
    }
  }

  #wait() {
    clearTimeout(this.#timer);
    const millis = this.#everyMillis * 2 ** Math.min(this.#failures, 4);
    this.#timer = setTimeout(
      () => void this.#refresh(),
      Math.min(millis, AT_MOST_MILLIS),
    );
  }

  async #refresh() {
    if (!this.#isOver && document.visibilityState === "visible") {
      await this.#fetch();
    }
    if (!this.#isOver && !this.#isPaused) {
      this.#wait();
    }
  }

  async #fetch() {
    try {
      const { page, status } = await fetchPage(new URL(this.#address));
      if (this.#isOver || this.#isPaused) {
        return;
      }
      if (status !== 200) {
        throw new Error(`answer: status ${status} (expected: 200)`);
      }
      this.#failures = 0;
      if (this.#takeOver(page)) {
        this.#tellTime();
      }
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) {
        console.warn("regions: not refreshed", error);
        this.#at.textContent = this.#word("failed", this.#time);
      }
    }
  }

  /**
   * @param {Document} page
   * @returns {boolean} whether all regions are as the page has them
   */
  #takeOver(page) {
    const all = [...regions()];
    const free = all.filter((region) => !isInUse(region));
    for (const region of free) {
      takeOver(region, page.getElementById(region.id));
    }
    if (regions().length === 0) {
      this.#control.remove();
    }
    return free.length === all.length;
  }

  #tellTime() {
    this.#time = new Date().toLocaleTimeString(document.documentElement.lang);
    this.#at.textContent = this.#word("at", this.#time);
  }

  /** @param {"pause" | "resume"} word */
  #say(word) {
    this.#toggle.textContent = this.#word(word, "");
  }

  /**
   * @param {string} name
   * @param {string} time
   */
  #word(name, time) {
    return (this.#control.dataset[name] ?? "").replace("{time}", time);
  }
}

function regions() {
  return /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("main [data-pergola-live]")
  );
}

/**
 * @param {HTMLElement} region
 * @param {HTMLElement | null} now what takes its place
 */
function takeOver(region, now) {
  if (now === null) {
    region.remove();
  } else if (!region.isEqualNode(now)) {
    const words = now.dataset["pergolaLive"];
    if (words && words !== region.dataset["pergolaLive"]) {
      announce(words);
    }
    region.replaceWith(document.adoptNode(now));
  }
}

/** @param {HTMLElement} region */
function isInUse(region) {
  const selection = getSelection();
  return (
    region.contains(document.activeElement) ||
    (selection !== null &&
      !selection.isCollapsed &&
      selection.containsNode(region, true))
  );
}
