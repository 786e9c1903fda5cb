import { button, icon, make } from "../dom.js";

/** Name of the assistant, choice of the agent, and the way to other conversations. */
export class AssistantHeader {
  #agents = make("select");
  #history;
  #close;

  /**
   * @param {import("./words.js").Words} words
   * @param {{ choose: (agent: string) => void, start: (agent: string) => void, history: () => void, close: () => void }} act
   */
  constructor(words, act) {
    this.#agents.setAttribute("aria-label", words("agent"));
    this.#agents.addEventListener("change", () =>
      act.choose(this.#agents.value),
    );
    const fresh = iconButton("plus", words("newConversation"), () =>
      act.start(this.#agents.value),
    );
    this.#history = iconButton("history", words("history"), act.history);
    this.#close = iconButton("x", words("close"), act.close);
    this.element = make(
      "header",
      // Beside `main` the browser would take it for the banner of the page.
      { role: "none" },
      icon("sparkles"),
      make("h2", {}, words("assistant")),
      this.#history,
      fresh,
      this.#close,
    );
    this.choices = make(
      "form",
      { class: "pergola-assistant-choices" },
      this.#agents,
    );
  }

  /** @param {boolean} isClosable whether there is something to go back to */
  closable(isClosable) {
    this.#close.hidden = !isClosable;
  }

  /**
   * @param {readonly { module: string, id: string, title?: string }[]} agents
   * @param {{ module: string, id: string } | undefined} chosen
   * @param {boolean} isHistoryShown
   */
  show(agents, chosen, isHistoryShown) {
    fill(
      this.#agents,
      agents.map((agent) => [keyOf(agent), agent.title ?? agent.id]),
      chosen === undefined ? "" : keyOf(chosen),
    );
    this.#history.setAttribute("aria-expanded", `${isHistoryShown}`);
  }

  focusHistory() {
    this.#history.focus();
  }
}

/** @param {{ module: string, id: string }} agent */
export function keyOf({ module, id }) {
  return `${module}/${id}`;
}

/**
 * A button with an icon in place of its words.
 * @param {string} name of the icon
 * @param {string} label
 * @param {() => void} act
 * @param {string} [size]
 */
export function iconButton(name, label, act, size = "") {
  const made = button("", act, `quiet icon ${size}`.trim());
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(icon(name));
  return made;
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
