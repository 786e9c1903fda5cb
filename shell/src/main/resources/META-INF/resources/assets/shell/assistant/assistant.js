import { thePortal } from "../portal.js";
import { ChatView } from "./chat-view.js";
import { Conversations } from "./conversations.js";
import { AssistantHeader, keyOf } from "./header.js";
import { ConversationStorage } from "./storage.js";
import { assistantWords } from "./words.js";

/** @type {Conversations | undefined} */
let shared;

/** The conversations of this tab, whatever shows them. */
function theConversations() {
  const { state, fetch } = thePortal();
  const { subject = "" } = state.session;
  shared ??= new Conversations(new ConversationStorage(subject), fetch);
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
  /** @type {AbortController | null} */
  #connected = null;
  /** Conversation that is shown. */
  #shown = "";
  #header = new AssistantHeader(this.#words, {
    start: (agent) => this.#start(agent),
    select: (id) => this.#conversations.select(id),
    close: () => this.#close(),
  });
  /** @type {ChatView | null} */
  #chat = null;

  connectedCallback() {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.replaceChildren(this.#header.element, this.#header.choices);
    this.#header.closable(!this.#isPage);
    this.#shown = "";
    const show = () => this.#show();
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#conversations.addEventListener("change", show, { signal });
    thePortal().catalog.addEventListener("change", show, { signal });
    this.#conversations.addEventListener(
      "append",
      (event) => {
        const { item, delta } = /** @type {CustomEvent} */ (event).detail;
        this.#chat?.append(item, delta);
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
    this.#chat?.focus();
  }

  get #agents() {
    return thePortal().catalog.current.agents;
  }

  get #isPage() {
    return this.closest("main") !== null;
  }

  #show() {
    const conversations = this.#conversations;
    if (conversations.current === undefined && this.#agents.length > 0) {
      // Comes back here by the change it makes.
      conversations.start(this.#agents[0]);
      return;
    }
    const { current } = conversations;
    this.#header.show(this.#agents, conversations);
    if (current !== undefined && this.#shown !== current.id) {
      this.#shown = current.id;
      this.#chat?.element.remove();
      this.#chat = new ChatView(this.#words, {
        send: (text) => conversations.send(text),
        stop: () => void this.#stop(),
        retry: () => conversations.retry(),
      });
      this.append(this.#chat.element);
    }
    if (current !== undefined) {
      this.#chat?.show(current);
    }
  }

  /** @param {string} key of an agent */
  #start(key) {
    const agent = this.#agents.find((one) => keyOf(one) === key);
    if (agent !== undefined) {
      this.#conversations.start(agent);
    }
  }

  async #stop() {
    try {
      await this.#conversations.stop();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      thePortal().notify(this.#words("notStopped", { detail }));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      this.#close();
    }
  }

  #close() {
    if (!this.#isPage) {
      this.dispatchEvent(
        new Event("pergola-assistant-close", { bubbles: true }),
      );
    }
  }
}
