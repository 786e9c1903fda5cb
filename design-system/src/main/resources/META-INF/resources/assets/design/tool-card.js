import { css, html, LitElement, nothing } from "lit";
import { baseStyles, buttonStyles } from "./shared-styles.js";

const STATES = {
  running: { type: "assistant", word: "Running" },
  waiting: { type: "warning", word: "Needs your answer" },
  done: { type: "success", word: "Done" },
  stopped: { type: "neutral", word: "Stopped" },
  failed: { type: "danger", word: "Failed" },
  refused: { type: "neutral", word: "Refused" },
};

/** What the person decided about a step that changes something. */
export class ToolDecisionEvent extends Event {
  /** @param {"refuse" | "once" | "always"} decision */
  constructor(decision) {
    super("pergola-tool-decision", { bubbles: true, composed: true });
    this.decision = decision;
  }
}

/**
 * One step an agent takes: a sentence, with what exactly, how it went and what came of it.
 * A step that changes something waits for the person.
 *
 * @slot - what will happen, as "47 records change"
 * @slot result - what came of it, folded away
 * @csspart sentence what the step does, in the person's words
 * @csspart arguments what exactly it was called with
 * @fires {ToolDecisionEvent} pergola-tool-decision the person decided; `decision` says what
 */
export class PergolaToolCard extends LitElement {
  static properties = {
    /** What the step does, in the person's words. */
    sentence: {},
    /** `running`, `waiting`, `done`, `stopped`, `failed` or `refused`. */
    state: { reflect: true },
    /** Exact arguments as text; JSON is laid out. */
    arguments: {},
    /** What came of it, as text. */
    result: {},
    /** How long it took, as words. */
    duration: {},
    /** Whether "Always allow" is offered. */
    always: { type: Boolean },
    /** Whether "Allow once" is not offered. */
    withoutOnce: { type: Boolean, attribute: "without-once" },
    /** Whether it waits for words of the person and not for a decision. */
    asks: { type: Boolean },
    /** Words of the element itself, to translate them. */
    words: { attribute: false },
  };

  static styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--pergola-space-small);
        padding: var(--pergola-space-medium);
        border: var(--pergola-border-width-default) solid
          var(--pergola-color-border-default);
        border-inline-start: 3px solid var(--pergola-color-assistant-border);
        border-radius: var(--pergola-radius-control);
        background: var(--pergola-color-surface-raised);
        line-height: var(--pergola-font-line-control);
      }

      header,
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--pergola-space-tight) var(--pergola-space-small);
      }

      header {
        align-items: start;
      }

      header pergola-icon {
        color: var(--pergola-color-assistant-border);
      }

      [part="sentence"] {
        flex: 1 1 12rem;
        font-weight: var(--pergola-font-weight-medium);
      }

      small,
      summary {
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-small);
      }

      summary {
        min-block-size: 1.5rem;
        cursor: pointer;
      }

      pre {
        max-block-size: 14rem;
        margin: 0;
        padding: var(--pergola-space-small);
        overflow: auto;
        border-radius: var(--pergola-radius-small);
        color: var(--pergola-code-text);
        background: var(--pergola-code-surface);
        font-family: var(--pergola-font-family-code);
        font-size: var(--pergola-font-size-caption);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.sentence = "";
    /** @type {keyof typeof STATES} */
    this.state = "running";
    this.arguments = "";
    this.result = "";
    this.duration = "";
    this.always = false;
    this.withoutOnce = false;
    this.asks = false;
    /** @type {Record<string, string>} */
    this.words = { refuse: "Refuse", once: "Allow once", always: "Always allow", result: "Result", with: "With" };
  }

  render() {
    const state = STATES[this.state] ?? STATES.running;
    return html`<header>
        <pergola-icon name="tool"></pergola-icon>
        <span part="sentence">${this.sentence}</span>
        ${this.duration ? html`<small>${this.duration}</small>` : nothing}
        <pergola-status type=${state.type}>${this.words[this.state] ?? state.word}</pergola-status>
      </header>
      ${this.arguments
        ? html`<pre part="arguments" tabindex="0" role="group" aria-label=${this.words.with}>${laidOut(this.arguments)}</pre>`
        : nothing}
      <slot></slot>
      ${this.state === "waiting" && !this.asks ? this.#decisions() : nothing}
      ${this.result
        ? html`<details>
            <summary>${this.words.result}</summary>
            <pre tabindex="0" role="group" aria-label=${this.words.result}>${laidOut(this.result)}</pre>
          </details>`
        : nothing}
      <slot name="result"></slot>`;
  }

  #decisions() {
    return html`<footer>
      <button class="button small" @click=${() => this.#decide("refuse")}>${this.words.refuse}</button>
      ${this.withoutOnce
        ? nothing
        : html`<button class="button small primary" @click=${() => this.#decide("once")}>${this.words.once}</button>`}
      ${this.always
        ? html`<button class="button small quiet" @click=${() => this.#decide("always")}>${this.words.always}</button>`
        : nothing}
    </footer>`;
  }

  /** @param {"refuse" | "once" | "always"} decision */
  #decide(decision) {
    this.dispatchEvent(new ToolDecisionEvent(decision));
  }
}

/** @param {string} text */
function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
