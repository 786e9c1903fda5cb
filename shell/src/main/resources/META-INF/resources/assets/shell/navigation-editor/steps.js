import { announce } from "../announce.js";
import { fetchPage } from "../fragments.js";
import { swapMain } from "../swap.js";

/** @typedef {Record<string, string>} Fields of the form, as a button would send them */

/**
 * Sends steps of the draft as the buttons do, one after the other, and shows
 * the server's page after the last; each answer is announced.
 */
export class Steps {
  /** @type {Fields[]} */
  #waiting = [];
  #isSending = false;
  #shown;

  /** @param {() => void} shown after the page was replaced */
  constructor(shown) {
    this.#shown = shown;
  }

  /** @param {Fields} fields */
  add(fields) {
    this.#waiting.push(fields);
    if (!this.#isSending) {
      this.#isSending = true;
      void this.#send();
    }
  }

  async #send() {
    let tag = tagOf(document);
    try {
      let page = null;
      for (let step = this.#waiting.shift(); step; ) {
        ({ page } = await fetchPage(
          new URL("/admin/navigation", location.href),
          undefined,
          new URLSearchParams({ tag, ...step }),
        ));
        tag = tagOf(page);
        announce(said(page));
        if (page.querySelector("main [role=alert]") !== null) {
          // What comes next was meant for another draft.
          this.#waiting.length = 0;
        }
        step = this.#waiting.shift();
      }
      this.#isSending = false;
      if (page !== null && document.querySelector("#pergola-n-form") !== null) {
        swapMain(page);
        this.#shown();
      }
    } catch (error) {
      console.warn("navigation: step not made", error);
      location.reload();
    }
  }
}

/** @param {Document} page */
function tagOf(page) {
  const field = page.querySelector("#pergola-n-form input[name=tag]");
  return field instanceof Element ? (field.getAttribute("value") ?? "") : "";
}

/** @param {Document} page */
function said(page) {
  const text = page.querySelector("main :is([role=status], [role=alert])");
  return (
    text?.textContent?.replace(/\s+/g, " ").trim() ||
    "Nothing changed: it is there already."
  );
}
