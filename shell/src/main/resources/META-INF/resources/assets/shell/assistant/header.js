import { button, icon, make } from "../dom.js";

/** Name of the assistant, choice of conversation and agent. */
export class AssistantHeader {
  #words;
  #conversations = make("select", { class: "pergola-truncate" });
  #agents = make("select");
  #close;

  /**
   * @param {ReturnType<typeof import("./words.js").assistantWords>} words
   * @param {{ start: (agent: string) => void, select: (id: string) => void, close: () => void }} act
   */
  constructor(words, act) {
    this.#words = words;
    this.#agents.setAttribute("aria-label", words("agent"));
    this.#conversations.setAttribute("aria-label", words("conversation"));
    this.#agents.addEventListener("change", () =>
      act.start(this.#agents.value),
    );
    this.#conversations.addEventListener("change", () =>
      act.select(this.#conversations.value),
    );
    const fresh = iconButton("plus", words("newConversation"), () =>
      act.start(this.#agents.value),
    );
    this.#close = iconButton("x", words("close"), act.close);
    this.element = make(
      "header",
      // Beside `main` the browser would take it for the banner of the page.
      { role: "none" },
      icon("sparkles"),
      make("h2", {}, words("assistant")),
      fresh,
      this.#close,
    );
    this.choices = make(
      "form",
      { class: "pergola-assistant-choices" },
      this.#agents,
      this.#conversations,
    );
  }

  /** @param {boolean} isClosable whether there is something to go back to */
  closable(isClosable) {
    this.#close.hidden = !isClosable;
  }

  /**
   * @param {readonly { module: string, id: string, title?: string }[]} agents
   * @param {import("./conversations.js").Conversations} conversations
   */
  show(agents, { list, current }) {
    fill(
      this.#agents,
      agents.map((agent) => [keyOf(agent), agent.title ?? agent.id]),
      current === undefined ? "" : keyOf(current.agent),
    );
    fill(
      this.#conversations,
      list.map(({ id, items }) => [
        id,
        items[0]?.text.slice(0, 60) ?? this.#words("newConversation"),
      ]),
      current?.id ?? "",
    );
    this.#conversations.hidden = list.length < 2;
  }
}

/** @param {{ module: string, id: string }} agent */
export function keyOf({ module, id }) {
  return `${module}/${id}`;
}

/**
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options
 * @param {string} chosen
 */
function fill(select, options, chosen) {
  const key = JSON.stringify(options);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(
      ...options.map(([value, text]) => make("option", { value }, text)),
    );
  }
  select.value = chosen;
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} act
 */
function iconButton(name, label, act) {
  const made = button("", act, "quiet icon");
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(icon(name));
  return made;
}
