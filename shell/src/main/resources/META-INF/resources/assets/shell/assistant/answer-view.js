import { icon, make } from "../dom.js";
import { wordsOfMessage } from "./item-views.js";

/** @typedef {import("@pergola/client/agents.js").Item} Item */

/** What an agent writes, as it arrives. */
export class AnswerView {
  #written = 0;
  #isFinished = false;
  #words;
  #locale;
  #usage = make("small", { slot: "actions", class: "pergola-quiet" });
  #good;
  #bad;

  /**
   * @param {import("./words.js").Words} words
   * @param {string} agent
   * @param {string} locale
   * @param {(rating: "up" | "down" | undefined) => void} rate
   */
  constructor(words, agent, locale, rate) {
    this.#words = words;
    this.#locale = locale;
    this.#good = toggle("thumb-up", words("good"), (isOn) =>
      rate(isOn ? "up" : undefined),
    );
    this.#bad = toggle("thumb-down", words("bad"), (isOn) =>
      rate(isOn ? "down" : undefined),
    );
    /** @type {any} */
    this.element = make(
      "pergola-chat-message",
      { from: "assistant", name: agent },
      this.#good,
      this.#bad,
      this.#usage,
    );
    this.element.words = wordsOfMessage(words);
  }

  /**
   * @param {Item} item
   * @param {boolean} isStopping whether the person stopped it and it may still write
   */
  update({ text, status, usage, rating }, isStopping) {
    const isWriting = status === "streaming";
    const isOther =
      !text.startsWith(this.element.text) || text.length < this.#written;
    if (isOther || (this.#isFinished && isWriting)) {
      // Restated, and not as it was, or it goes on in a block that was closed.
      this.element.clear();
      this.#written = 0;
    }
    this.#isFinished = !isWriting;
    this.append(text.slice(this.#written));
    if (isWriting) {
      this.element.setAttribute("streaming", "");
      this.element.stopped = isStopping;
    } else {
      this.element.finish({ stopped: status === "stopped" });
    }
    this.#good.setAttribute("aria-pressed", `${rating === "up"}`);
    this.#bad.setAttribute("aria-pressed", `${rating === "down"}`);
    this.#show(usage);
  }

  /** @param {string} delta */
  append(delta) {
    if (delta !== "") {
      this.element.append(delta);
      this.#written += delta.length;
    }
  }

  /** @param {Item["usage"]} usage */
  #show(usage) {
    this.#usage.hidden = usage === undefined;
    if (usage !== undefined) {
      const { format } = new Intl.NumberFormat(this.#locale);
      const { inputTokens: input, outputTokens: output } = usage;
      const count = format(input + output);
      this.#usage.textContent = this.#words("tokens", { count });
      this.#usage.title = this.#words("tokensRead", {
        ...{ input: format(input), output: format(output) },
      });
    }
  }
}

/**
 * @param {string} name of the icon
 * @param {string} label
 * @param {(isOn: boolean) => void} act
 */
function toggle(name, label, act) {
  const made = make("button", {
    ...{ type: "button", slot: "actions", title: label, "aria-label": label },
    class: "pergola-button quiet icon small",
  });
  made.append(icon(name));
  made.addEventListener("click", () =>
    act(made.getAttribute("aria-pressed") !== "true"),
  );
  return made;
}
