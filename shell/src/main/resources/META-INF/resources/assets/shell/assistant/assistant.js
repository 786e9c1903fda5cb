import { make } from "../dom.js";
import { thePortal } from "../portal.js";
import { Composer } from "./composer.js";
import { Conversations } from "./conversations.js";
import { AssistantHeader, keyOf } from "./header.js";
import { ConversationStorage } from "./storage.js";
import { Transcript } from "./transcript.js";
import { assistantWords } from "./words.js";

/** @type {Conversations | undefined} */
let shared;

/** The conversations of this tab, whatever shows them. */
function theConversations() {
  const { state, fetch } = thePortal();
  shared ??= new Conversations(
    new ConversationStorage(state.session.subject ?? ""),
    fetch,
  );
  return shared;
}

/**
 * Talks with the agents of the portal's modules. In the layout it is a panel
 * that can be closed; in `main` it is the page.
 * @fires {Event} pergola-assistant-close the person closed the panel
 */
export class Assistant extends HTMLElement {
  #words = assistantWords();
  #conversations = theConversations();
  #alert = make("p", { role: "alert", class: "pergola-visually-hidden" });
  /** @type {AbortController | null} */
  #connected = null;
  #wasRunning = false;

  #header = new AssistantHeader(this.#words, {
    start: (agent) => this.#start(agent),
    select: (id) => this.#conversations.select(id),
    close: this.closest("main") ? null : () => this.#close(),
  });
  #transcript = new Transcript(this.#words, {
    retry: () => this.#conversations.retry(),
    edit: (item) => this.#composer.edit(item),
  });
  #composer = new Composer(this.#words, {
    send: (text, instead) => this.#send(text, instead),
    stop: () => void this.#stop(),
  });

  connectedCallback() {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.replaceChildren(
      this.#header.element,
      this.#header.choices,
      this.#transcript.element,
      this.#composer.element,
    );
    this.#composer.element.append(this.#alert);
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    const show = () => this.#show();
    this.#conversations.addEventListener("change", show, { signal });
    thePortal().catalog.addEventListener("change", show, { signal });
    this.#conversations.addEventListener(
      "append",
      (event) => {
        const { item, delta } = /** @type {CustomEvent} */ (event).detail;
        this.#transcript.append(item, delta);
      },
      { signal },
    );
    this.#show();
  }

  disconnectedCallback() {
    this.#connected?.abort();
  }

  /** @override */
  focus() {
    this.#composer.field.focus();
  }

  get #agents() {
    return thePortal().catalog.current.agents;
  }

  #show() {
    const conversations = this.#conversations;
    if (conversations.current === undefined && this.#agents.length > 0) {
      conversations.start(this.#agents[0]);
      return;
    }
    const { current } = conversations;
    this.#header.show(this.#agents, conversations);
    this.#composer.element.hidden = current === undefined;
    if (current === undefined) {
      this.#transcript.element.textContent = this.#words("noAgents");
      return;
    }
    this.#transcript.show(current);
    this.#composer.show(current.agent.title, current.run);
    this.#announce(current);
  }

  /** @param {import("./conversation.js").Conversation} current */
  #announce({ agent, items, run }) {
    const isRunning = run !== null;
    if (isRunning === this.#wasRunning) {
      return;
    }
    this.#wasRunning = isRunning;
    const last = items.at(-1);
    const isError = !isRunning && last?.kind === "error";
    this.#alert.textContent = isError
      ? this.#words("failed", { detail: last.text })
      : "";
    const ended = last?.status === "stopped" ? "stopped" : "ready";
    this.#composer.status.textContent = isRunning
      ? this.#words("answering", { agent: agent.title })
      : isError
        ? ""
        : this.#words(ended);
  }

  /** @param {string} key of an agent */
  #start(key) {
    const agent = this.#agents.find((one) => keyOf(one) === key);
    if (agent !== undefined) {
      this.#conversations.start(agent);
      this.focus();
    }
  }

  /**
   * @param {string} text
   * @param {string} instead
   */
  #send(text, instead) {
    this.#conversations.send(text, instead);
    this.#transcript.follow();
  }

  async #stop() {
    this.focus();
    try {
      await this.#conversations.stop();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#alert.textContent = this.#words("notStopped", { detail });
      thePortal().notify(this.#alert.textContent);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    if (this.#conversations.current?.run) {
      void this.#stop();
    } else {
      this.#close();
    }
  }

  #close() {
    if (this.closest("main") === null) {
      this.dispatchEvent(
        new Event("pergola-assistant-close", { bubbles: true }),
      );
    }
  }
}
