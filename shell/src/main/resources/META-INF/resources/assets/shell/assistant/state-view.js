import { button, make } from "../dom.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */
/** @typedef {import("@pergola/client/agents.js").Run} Run */
/** @typedef {import("./words.js").Words} Words */

/** @type {Record<NonNullable<Run["away"]>, Parameters<Words>[0]>} */
const AWAY = {
  offline: "away",
  lost: "reconnecting",
  refused: "refusedForNow",
  left: "left",
};

/** Where a run is while it is not at work, with a way to read on. */
export class StateView {
  #words;
  #say;
  #text = make("p", { class: "pergola-quiet pergola-small" });
  #readOn;

  /**
   * @param {Words} words
   * @param {() => void} readOn
   * @param {(text: string) => void} say tells people who do not see it
   */
  constructor(words, readOn, say) {
    this.#words = words;
    this.#say = say;
    this.#readOn = button(words("readOn"), readOn, "small");
    this.element = make("div", {}, this.#text);
  }

  /** @param {AgentConversation} conversation */
  update(conversation) {
    const text = this.#textOf(conversation);
    if (this.#text.textContent !== text) {
      this.#text.textContent = text;
      this.#say(text);
    }
    if (conversation.data.run?.away === "left") {
      this.element.append(this.#readOn);
    } else {
      this.#readOn.remove();
    }
    this.element.hidden = text === "";
  }

  /** @param {AgentConversation} conversation */
  #textOf({ status, data }) {
    const { away = "lost", queued = 1, refusal = "" } = data.run ?? {};
    switch (status) {
      case "queued":
        return this.#words("queued", { position: queued });
      case "away":
        return this.#words(AWAY[away], { detail: refusal }).trim();
      default:
        return "";
    }
  }
}
