import { conversationOf, watch } from "./view.js";

/** @typedef {import("./agent-conversation.js").AgentConversation} AgentConversation */
/** @typedef {{ addController(controller: object): void, requestUpdate(): void }} Host */

/**
 * A conversation with an agent, for a Lit element: the element renders again when
 * something changed. It is followed while the element is in a document; the run itself
 * goes on without it.
 */
export class AgentController {
  #host;
  /** @type {() => void} */
  #end = () => {};

  /**
   * @param {Host} host a `LitElement`
   * @param {import("./view.js").AgentOptions} options
   */
  constructor(host, options) {
    this.#host = host;
    /** @readonly */
    this.conversation = conversationOf(options);
    host.addController(this);
  }

  hostConnected() {
    this.#end = watch(this.conversation, () => this.#host.requestUpdate());
    this.conversation.open();
  }

  hostDisconnected() {
    this.#end();
    this.conversation.close();
  }

  get items() {
    return this.conversation.items;
  }

  get status() {
    return this.conversation.status;
  }

  get interrupts() {
    return this.conversation.interrupts;
  }

  /** Place in the queue, from 1. */
  get queued() {
    return this.conversation.data.run?.queued;
  }

  /** Why nothing is read. */
  get away() {
    return this.conversation.data.run?.away;
  }

  /** Why the portal refuses for now, in its words. */
  get refusal() {
    return this.conversation.data.run?.refusal;
  }

  /** Reads on what was left. */
  open() {
    this.conversation.open();
  }

  /** @param {string} text */
  send(text) {
    this.conversation.send(text);
  }

  stop() {
    return this.conversation.stop();
  }

  retry() {
    this.conversation.retry();
  }

  /**
   * @param {string} interruptId
   * @param {Parameters<AgentConversation["answer"]>[1]} answer
   */
  answer(interruptId, answer) {
    this.conversation.answer(interruptId, answer);
  }
}
