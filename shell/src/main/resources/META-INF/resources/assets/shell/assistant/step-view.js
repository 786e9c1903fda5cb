import { make } from "../dom.js";

/** @typedef {import("@pergola/client/agents.js").Item} Item */
/** @typedef {import("@pergola/client/agents.js").Interrupt} Interrupt */
/** @typedef {"refuse" | "once" | "always"} Decision */

/** @type {Record<import("@pergola/client/agents.js").Item["status"], string>} */
const STATES = {
  streaming: "running",
  waiting: "waiting",
  done: "done",
  stopped: "stopped",
  failed: "failed",
  refused: "refused",
};

/** A step an agent takes with a tool, or what it asks, in line with the answer. */
export class StepView {
  #words;
  #format;
  #changes = make("div");
  #until = make("div", { class: "pergola-quiet" });

  /**
   * @param {import("./words.js").Words} words
   * @param {string} locale
   * @param {(decision: Decision) => void} decide
   */
  constructor(words, locale, decide) {
    this.#words = words;
    this.#format = formatsOf(locale);
    /** @type {any} */
    this.element = make("pergola-tool-card");
    this.element.words = {
      refuse: words("refuse"),
      once: words("once"),
      always: words("always"),
      result: words("result"),
      with: words("with"),
      running: words("stepRunning"),
      waiting: words("stepWaiting"),
      done: words("stepDone"),
      stopped: words("stopped"),
      failed: words("stepFailed"),
      refused: words("stepRefused"),
    };
    this.element.addEventListener(
      "pergola-tool-decision",
      (/** @type {any} */ event) => decide(event.decision),
    );
  }

  /** @param {Item} item */
  update({ text, sentence, kind, status, args, result, startedAt, endedAt }) {
    const seconds =
      startedAt !== undefined && endedAt !== undefined && status !== "waiting"
        ? this.#format.seconds((endedAt - startedAt) / 1000)
        : "";
    Object.assign(this.element, {
      sentence: sentence ?? (kind === "tool" ? readable(text) : text),
      state: STATES[status],
      arguments: args ?? "",
      result: result ?? "",
      duration: seconds && this.#words("seconds", { seconds }),
    });
  }

  /**
   * @param {Interrupt | undefined} interrupt that this step waits for, if any
   * @param {Partial<Record<Decision, unknown>> | null} decisions there are; null where it asks for words
   */
  ask(interrupt, decisions) {
    this.element.asks = decisions === null;
    this.element.withoutOnce = decisions?.once === undefined;
    this.element.always = decisions?.always !== undefined;
    const { metadata, expiresAt } = interrupt ?? {};
    const what = metadata?.consequence ?? metadata?.consequences;
    show(
      this.element,
      this.#changes,
      typeof what === "string" ? what : "",
      () => this.#words("changes", { what }),
    );
    show(this.element, this.#until, expiresAt ?? "", () =>
      this.#words("until", { time: this.#format.at(expiresAt ?? "") }),
    );
    const asked = metadata?.arguments;
    if (asked !== undefined && this.element.arguments === "") {
      this.element.arguments =
        typeof asked === "string" ? asked : JSON.stringify(asked);
    }
  }
}

/** @param {string} locale */
function formatsOf(locale) {
  const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const seconds = new Intl.NumberFormat(locale, tenths);
  return {
    seconds: seconds.format,
    /** @param {string} text ISO 8601 */
    at(text) {
      const date = new Date(text);
      const isToday = date.toDateString() === new Date().toDateString();
      const style = isToday
        ? { timeStyle: "short" }
        : { dateStyle: "medium", timeStyle: "short" };
      const format = new Intl.DateTimeFormat(
        locale,
        /** @type {Intl.DateTimeFormatOptions} */ (style),
      );
      return Number.isNaN(date.getTime()) ? text : format.format(date);
    },
  };
}

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} line
 * @param {string} value nothing is shown without one
 * @param {() => string} text
 */
function show(card, line, value, text) {
  if (value === "") {
    line.remove();
  } else {
    line.textContent = text();
    card.append(line);
  }
}

/**
 * A tool's name as words: `find_deals` and `findDeals` are "Find deals".
 * @param {string} name
 */
function readable(name) {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
