import { button, make } from "../dom.js";

/**
 * Where the person writes. Enter sends, Shift+Enter starts a new line; it can
 * always be written in.
 */
export class Composer {
  #words;
  #stop;
  #instead = "";

  /**
   * @param {ReturnType<typeof import("./words.js").assistantWords>} words
   * @param {{ send: (text: string, instead: string) => void, stop: () => void }} act
   */
  constructor(words, act) {
    this.#words = words;
    this.field = make("textarea", { rows: "2", enterkeyhint: "send" });
    this.#stop = button(words("stop"), act.stop, "danger");
    this.#stop.hidden = true;
    this.status = make("p", {
      class: "pergola-visually-hidden",
      role: "status",
    });
    const send = button(words("send"), () => this.element.requestSubmit());
    send.classList.add("primary");
    this.element = make(
      "form",
      { class: "pergola-composer" },
      this.field,
      make("div", { class: "pergola-actions" }, this.#stop, send),
      make("p", { class: "pergola-hint" }, words("hint")),
      this.status,
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(act.send);
    });
    this.field.addEventListener("keydown", (event) => {
      // While a word is being composed, Enter chooses it.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send(act.send);
      }
    });
  }

  /** @param {(text: string, instead: string) => void} send */
  #send(send) {
    const text = this.field.value;
    if (text.trim() !== "") {
      this.field.value = "";
      send(text, this.#instead);
      this.#instead = "";
    }
  }

  /**
   * @param {string} agent
   * @param {import("./conversation.js").Run | null} run
   */
  show(agent, run) {
    const label = this.#words("prompt", { agent });
    this.field.setAttribute("aria-label", label);
    this.field.placeholder = label;
    this.#stop.hidden = run === null;
    this.#stop.textContent = this.#words(run?.stopping ? "stopping" : "stop");
  }

  /**
   * Puts a message back to be sent again.
   * @param {{ id: string, text: string }} item
   */
  edit({ id, text }) {
    this.#instead = id;
    this.field.value = text;
    this.field.focus();
  }
}
