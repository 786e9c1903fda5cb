import { createFetch } from "@pergola/client";
import { thePortal } from "../portal.js";
import { emptyItem, problemOf } from "./item.js";

/** @typedef {import("./item.js").Item} Item */

// Beyond this a version says nothing new.
const PROBLEMS = 5;
// A batch stays far below the 64 KiB that may be under way when a page goes.
const WEIGHT = 60;
const WEIGHT_OF_PROBLEM = 10;

// A report never asks the person to sign in.
const send = createFetch();

/** Collects measurements and sends them in batches. */
export class Reports {
  /** @type {Map<string, Item>} by module and version */
  #items = new Map();
  #weight = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #url;
  #millis;

  /**
   * @param {string} url
   * @param {number} millis longest time until a batch is sent
   */
  constructor(url, millis) {
    this.#url = url;
    this.#millis = millis;
  }

  /**
   * @param {{ module: string, version: string }} of
   * @param {(item: Item) => void} change
   */
  add({ module, version }, change) {
    const key = `${module} ${version}`;
    const item = this.#items.get(key) ?? emptyItem({ module, version });
    this.#items.set(key, item);
    const before = item.problems.length;
    change(item);
    item.problems.length = Math.min(item.problems.length, PROBLEMS);
    this.#weight += 1 + (item.problems.length - before) * WEIGHT_OF_PROBLEM;
    if (this.#weight >= WEIGHT) {
      this.flush();
    }
    this.#timer ??= setTimeout(() => this.flush(), this.#millis);
  }

  /** Sends what there is. What cannot be sent is lost: a page never waits for it. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.size > 0) {
      void sendItems(this.#url, [...this.#items.values()]);
      this.#items.clear();
      this.#weight = 0;
    }
  }
}

/**
 * Tells the owner of a module what a person met, at once.
 * @param {import("../target.js").Target} target
 * @param {import("../failure.js").ModuleFailure} failure
 * @param {string} id
 * @returns {Promise<boolean>} whether it was taken
 */
export async function reportByPerson(target, failure, id) {
  const { reportUrl } = thePortal().state;
  const about = { id, page: target.page, byPerson: true };
  const problems = [problemOf(failure, about)];
  return (
    reportUrl !== null &&
    sendItems(reportUrl, [{ ...emptyItem(target), problems }])
  );
}

/**
 * @param {string} url
 * @param {Item[]} items
 */
async function sendItems(url, items) {
  try {
    await send(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items }),
      keepalive: true,
    });
    return true;
  } catch {
    return false;
  }
}
