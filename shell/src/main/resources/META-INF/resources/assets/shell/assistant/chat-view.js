import { decisionsOf, stepOf } from "@pergola/client/agents.js";
import { button, icon, make } from "../dom.js";
import { AnswerView } from "./answer-view.js";
import { ErrorView, reasonOf, wordsOfMessage } from "./item-views.js";
import { QuestionView } from "./question-view.js";
import { StateView } from "./state-view.js";
import { StepView } from "./step-view.js";

/** @typedef {import("@pergola/client/agents.js").AgentConversation} AgentConversation */
/** @typedef {import("@pergola/client/agents.js").Item} Item */
/**
 * @typedef {object} Acts
 * @property {() => void} stop
 * @property {() => void} retry
 * @property {(item: Item) => void} rated
 * @property {(text: string) => void} drafted what is written and not sent yet
 */

/** One conversation in the design system's `pergola-chat`. */
export class ChatView {
  #words;
  #locale;
  #act;
  #conversation;
  /** @type {Map<string, import("./item-views.js").ItemView>} */
  #views = new Map();
  #retry;
  #empty = make("p", { slot: "empty", class: "pergola-quiet" });
  #note = make("span", { slot: "note" });
  /** Stands for an answer of which nothing has come yet. @type {any} */
  #coming = make("pergola-chat-message", { from: "assistant", streaming: "" });
  #state;
  /** Whether what is there was shown before. */
  #isShown = false;

  /**
   * @param {import("./words.js").Words} words
   * @param {AgentConversation} conversation
   * @param {Acts} act
   * @param {string} locale
   */
  constructor(words, conversation, act, locale) {
    this.#words = words;
    this.#locale = locale;
    this.#conversation = conversation;
    this.#act = act;
    const retry = () => this.#again(act.retry);
    this.#retry = button(words("retry"), retry, "quiet small");
    this.#retry.slot = "actions";
    this.#retry.prepend(icon("refresh"));
    this.#state = new StateView(
      words,
      () => this.#again(() => conversation.open()),
      (text) => void this.#say(text),
    );
    this.#coming.words = wordsOfMessage(words);
    this.#note.textContent = words("note");
    /** @type {any} */
    this.element = make("pergola-chat", {}, this.#empty, this.#note);
    this.element.addEventListener(
      "pergola-chat-send",
      (/** @type {any} */ event) => {
        act.drafted("");
        conversation.send(event.text);
      },
    );
    this.element.addEventListener("input", (/** @type {Event} */ event) => {
      // A message that is edited has a field of its own.
      if (event.target === this.element) {
        act.drafted(this.element.draft);
      }
    });
    this.element.addEventListener("pergola-chat-stop", () => act.stop());
  }

  show() {
    const { element } = this;
    const { items, status, data } = this.#conversation;
    const { title } = data.agent;
    element.label = this.#words("conversation");
    element.words = this.#wordsOfChat(title);
    this.#empty.textContent = this.#words("empty", { agent: title });
    this.#coming.setAttribute("name", title);
    this.#state.update(this.#conversation);
    const shown = items.map((item) => this.#viewOf(item).element);
    const isRunning = status !== "idle" && status !== "asking";
    const isComing =
      isRunning && status !== "stopping" && data.run?.away !== "left";
    const coming = isComing && isWaiting(items) ? [this.#coming] : [];
    const state = this.#state.element.hidden ? [] : [this.#state.element];
    shown.splice(firstWaiting(items), 0, ...coming, ...state);
    this.#arrange(shown);
    this.#offer(items, status);
    const isBusy = isRunning && status !== "stopping";
    if (element.busy !== isBusy) {
      element.busy = isBusy;
      void this.#sayHowItEnded(items.at(-1), isBusy);
    }
    this.#isShown = true;
  }

  /**
   * @param {Item} item
   * @param {string} delta
   */
  append({ id }, delta) {
    const view = this.#views.get(id);
    if (view instanceof AnswerView) {
      view.append(delta);
    }
  }

  /** @param {string} text what was written before and not sent */
  draft(text) {
    this.element.draft = text;
  }

  focus() {
    this.element.focus();
  }

  /** @param {Item} item */
  #viewOf(item) {
    const known = this.#views.get(item.id);
    const view = known ?? this.#create(item);
    this.#views.set(item.id, view);
    if (known === undefined && item.kind === "error" && this.#isShown) {
      void this.#sayWhy(item);
    }
    view.update(item, this.#conversation.status === "stopping");
    if (view instanceof StepView) {
      this.#ask(view, item);
    }
    return view;
  }

  /**
   * @param {Item} item
   * @returns {import("./item-views.js").ItemView}
   */
  #create({ id, kind }) {
    const conversation = this.#conversation;
    const words = this.#words;
    const locale = this.#locale;
    switch (kind) {
      case "user":
        return new QuestionView(words, (text) =>
          this.#again(() => conversation.edit(id, text)),
        );
      case "assistant":
        return new AnswerView(
          words,
          conversation.data.agent.title,
          locale,
          (rating) => this.#rate(id, rating),
        );
      case "tool":
      case "question":
        return new StepView(words, locale, (decision) =>
          this.#decide(id, decision),
        );
      case "error":
        return new ErrorView(words, () => this.#again(this.#act.retry));
    }
  }

  /**
   * @param {StepView} view
   * @param {Item} item
   */
  #ask(view, item) {
    const interrupt = this.#interruptOf(item.id);
    view.ask(interrupt, interrupt === undefined ? null : decisionsOf(interrupt));
  }

  /**
   * @param {string} itemId
   * @param {"refuse" | "once" | "always"} decision
   */
  #decide(itemId, decision) {
    const interrupt = this.#interruptOf(itemId);
    if (interrupt !== undefined) {
      this.#again(() => this.#conversation.answer(interrupt.id, decision));
    }
  }

  /** @param {() => void} act by a button that is gone when the agent goes on */
  #again(act) {
    act();
    this.focus();
  }

  /** @param {string} itemId */
  #interruptOf(itemId) {
    return this.#conversation.interrupts.find(
      (one) =>
        one.answer === undefined &&
        stepOf(this.#conversation.items, one)?.id === itemId,
    );
  }

  /**
   * @param {string} itemId
   * @param {"up" | "down" | undefined} rating
   */
  #rate(itemId, rating) {
    this.#conversation.rate(itemId, rating);
    const item = this.#conversation.items.find(({ id }) => id === itemId);
    if (item !== undefined) {
      this.#act.rated(item);
    }
  }

  /** @param {HTMLElement[]} shown in their order; others are taken out */
  #arrange(shown) {
    const staying = new Set([this.#empty, this.#note, ...shown]);
    for (const child of [...this.element.children]) {
      if (!staying.has(child)) {
        child.remove();
      }
    }
    shown.forEach((child, index) => {
      const at = this.element.children[index + 2] ?? null;
      if (at !== child) {
        this.element.insertBefore(child, at);
      }
    });
  }

  /**
   * What can be done with what stands: only when nothing is under way.
   * @param {Item[]} items
   * @param {import("@pergola/client/agents.js").Status} status
   */
  #offer(items, status) {
    const last = items.at(-1);
    const isIdle = status === "idle";
    const answer =
      isIdle && last?.kind === "assistant"
        ? this.#views.get(last.id)?.element
        : undefined;
    if (answer === undefined) {
      this.#retry.remove();
    } else if (this.#retry.parentElement !== answer) {
      // Moving it would take its focus away.
      answer.insertBefore(this.#retry, answer.firstChild);
    }
    const said = items.findLast(({ kind }) => kind === "user");
    for (const [id, view] of this.#views) {
      if (view instanceof QuestionView) {
        view.offer(isIdle && id === said?.id);
      } else if (view instanceof ErrorView) {
        view.offer(isIdle && id === last?.id);
      }
    }
  }

  /** @param {string} text */
  async #say(text) {
    // What the chat says by itself comes first.
    await this.element.updateComplete;
    if (text !== "") {
      this.element.announce(text);
    }
  }

  /** @param {Item} item of an error */
  async #sayWhy(item) {
    await this.element.updateComplete;
    this.element.announce("");
    this.element.announce(reasonOf(item, this.#words), { assertive: true });
  }

  /**
   * The chat says "answering" and "ready" by itself.
   * @param {Item | undefined} last
   * @param {boolean} isRunning
   */
  async #sayHowItEnded(last, isRunning) {
    await this.element.updateComplete;
    const agent = this.#conversation.data.agent.title;
    if (isRunning || last?.kind === "error") {
      return;
    }
    if (this.#conversation.status === "asking") {
      this.element.announce(this.#words("asking", { agent }));
    } else if (
      last?.status === "stopped" ||
      this.#conversation.status === "stopping"
    ) {
      this.element.announce(this.#words("stopped"));
    }
  }

  /** @param {string} agent */
  #wordsOfChat(agent) {
    const words = this.#words;
    const { interrupts } = this.#conversation;
    const open = interrupts.filter(({ answer }) => answer === undefined);
    const asksForWords = open.some((one) => decisionsOf(one) === null);
    return {
      field: words("prompt", { agent }),
      placeholder: asksForWords
        ? words("answerWith")
        : open.length > 0
          ? words("decideFirst")
          : words("prompt", { agent }),
      send: words("send"),
      stop: words("stop"),
      jump: words("latest"),
      answering: words("answering", { agent }),
      ready: words("ready"),
    };
  }
}

/** @param {Item[]} items */
function isWaiting(items) {
  const isWriting = items.some(
    ({ kind, status }) => kind === "assistant" && status === "streaming",
  );
  const last = items[firstWaiting(items) - 1];
  return !isWriting && !(last?.kind === "tool" && last.status === "streaming");
}

/**
 * Where the messages begin that wait for the answer.
 * @param {Item[]} items
 */
function firstWaiting(items) {
  const at = items.findIndex(
    ({ kind, status }) => kind === "user" && status === "waiting",
  );
  return at < 0 ? items.length : at;
}
