import { NextFrame } from "@pergola/client/agents.js";
import { thePortal } from "../portal.js";
import { announce } from "../announce.js";
import { ChatView } from "./chat-view.js";
import { Conversations } from "./conversations.js";
import { AssistantHeader, keyOf } from "./header.js";
import { HistoryView } from "./history-view.js";
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

/** What a person thinks of an answer. */
export class AssistantFeedbackEvent extends Event {
  /**
   * @param {import("@pergola/client/agents.js").AgentConversation} conversation
   * @param {import("@pergola/client/agents.js").Item} item
   */
  constructor({ data }, { id, rating }) {
    super("pergola-assistant-feedback", { bubbles: true });
    this.module = data.agent.module;
    this.agent = data.agent.id;
    this.threadId = data.id;
    this.messageId = id;
    /** `up`, `down`, or null when it was taken back. */
    this.rating = rating ?? null;
  }
}

/**
 * Talks with the agents of the portal's modules. In the layout it is a panel
 * that can be closed; in `main` it is the page.
 * @fires {Event} pergola-assistant-close the person closed the panel
 * @fires {AssistantFeedbackEvent} pergola-assistant-feedback the person judged an answer
 */
export class Assistant extends HTMLElement {
  #words = assistantWords();
  #locale = thePortal().state.locale;
  #conversations = theConversations();
  /** @type {AbortController | null} */
  #connected = null;
  /** Conversation that is shown. */
  #shown = "";
  #isHistoryShown = false;
  #header = new AssistantHeader(this.#words, {
    // Arrow keys go from one agent to the next: the focus stays at the choice.
    choose: (agent) => this.#start(agent),
    start: (agent) => {
      this.#start(agent);
      this.focus();
    },
    history: () => this.#toggleHistory(!this.#isHistoryShown),
    close: () => this.#close(),
  });
  #history = new HistoryView(
    this.#words,
    {
      select: (id) => this.#select(id),
      rename: (id, title) => this.#conversations.rename(id, title),
      remove: (id) => this.#conversations.remove(id),
      refresh: () => void this.#refresh(),
    },
    this.#locale,
  );
  /** @type {ChatView | null} */
  #chat = null;
  #frame = new NextFrame(() => {
    if (this.isConnected) {
      this.#show();
    }
  });

  connectedCallback() {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.replaceChildren(
      this.#header.element,
      this.#header.choices,
      this.#history.element,
    );
    this.#header.closable(!this.#isPage);
    this.#shown = "";
    const show = () => this.#show();
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#conversations.addEventListener("change", show, { signal });
    const soon = () => this.#frame.ask();
    this.#conversations.addEventListener("progress", soon, { signal });
    thePortal().catalog.addEventListener("change", show, { signal });
    this.#conversations.addEventListener(
      "append",
      (event) => {
        const { item, delta } = /** @type {CustomEvent} */ (event).detail;
        // What is shown anew brings it along.
        if (!this.#frame.isDue) {
          this.#chat?.append(item, delta);
        }
      },
      { signal },
    );
    document.addEventListener(
      "visibilitychange",
      () => document.hidden || void this.#refresh(),
      { signal },
    );
    this.#show();
    void this.#refresh();
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

  /** Looks for what was said in other tabs and on other devices. */
  async #refresh() {
    await this.#conversations.refresh(this.#agents);
    if (this.#conversations.isUnlisted && this.#isHistoryShown) {
      announce(this.#words("notListed"));
    }
  }

  #show() {
    const conversations = this.#conversations;
    const { current, list } = conversations;
    if (current === undefined && this.#agents.length > 0) {
      // Comes back here by the change it makes.
      conversations.start(this.#agents[0]);
      return;
    }
    this.#header.show(this.#agents, current?.data.agent, this.#isHistoryShown);
    this.#history.element.hidden = !this.#isHistoryShown;
    if (this.#isHistoryShown) {
      this.#history.show(list, current, conversations.isUnlisted);
    }
    if (current === undefined) {
      return;
    }
    const { id } = current.data;
    if (this.#shown !== id) {
      this.#shown = id;
      this.#chat?.element.remove();
      this.#chat = new ChatView(
        this.#words,
        current,
        {
          stop: () => void this.#stop(),
          retry: () => conversations.retry(),
          rated: (item) =>
            this.dispatchEvent(new AssistantFeedbackEvent(current, item)),
          drafted: (text) => {
            conversations.draft = text;
          },
        },
        this.#locale,
      );
      this.#chat.draft(conversations.draft);
      this.append(this.#chat.element);
    }
    if (this.#chat !== null) {
      this.#chat.element.hidden = this.#isHistoryShown;
      this.#chat.show();
    }
  }

  /** @param {string} key of an agent */
  #start(key) {
    const agent = this.#agents.find((one) => keyOf(one) === key);
    if (agent !== undefined) {
      this.#isHistoryShown = false;
      this.#conversations.start(agent);
    }
  }

  /** @param {string} id */
  #select(id) {
    this.#isHistoryShown = false;
    this.#history.close();
    this.#conversations.select(id);
    void this.#refresh();
    this.focus();
  }

  /** @param {boolean} isShown */
  #toggleHistory(isShown) {
    this.#isHistoryShown = isShown;
    this.#history.close();
    this.#show();
    if (isShown) {
      void this.#refresh();
      this.#history.focus();
    } else {
      this.#header.focusHistory();
    }
  }

  async #stop() {
    try {
      await this.#conversations.current?.stop();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      thePortal().notify(this.#words("notStopped", { detail }));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) {
      return;
    }
    if (this.#isHistoryShown) {
      this.#toggleHistory(false);
    } else {
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
