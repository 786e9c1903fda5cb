import { createFetch } from "../http.js";
import { ProblemError } from "../problem.js";
import { cancelRun, joinRun, runAgent } from "../run.js";
import { applyEvent, endRun, failRun } from "./agent-events.js";
import { historyOf, newConversation } from "./conversation.js";
import { decisionsOf, wordsAsAnswer } from "./decisions.js";
import { add, isNext, stepOf } from "./items.js";
import { isFinal, mayHaveChanged, reasonOf } from "./refusals.js";

/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Run} Run */
/** @typedef {import("./conversation.js").Answer} Answer */
/** @typedef {"idle" | "queued" | "answering" | "stopping" | "asking" | "away"} Status */

/**
 * @typedef {object} ConversationOptions
 * @property {import("../http.js").PortalFetch} [fetch]
 * @property {readonly import("./conversation.js").Context[]} [context] AG-UI's, sent with every run
 */

/**
 * One conversation with one agent. Says what the person says, follows the run that
 * answers through cuts and reloads, and keeps what came of it as plain data.
 *
 * Fires `change`; and `append` (`detail`: `{ item, delta }`) where text was added to an
 * answer and nothing else changed.
 */
export class AgentConversation extends EventTarget {
  #fetch;
  #context;
  /** @type {AbortController | null} */
  #following = null;
  #isHeld = false;

  /**
   * @param {Conversation | { module: string, id: string, title?: string }} saved what
   *   `data` was, or the agent to begin with
   * @param {ConversationOptions} [options]
   */
  constructor(saved, { fetch = createFetch(), context = [] } = {}) {
    super();
    this.#fetch = fetch;
    this.#context = context;
    /** Plain data, to be kept as JSON. @type {Conversation} */
    this.data = "items" in saved ? saved : newConversation(saved);
  }

  get items() {
    return this.data.items;
  }

  /** Interrupts that wait for an answer. */
  get interrupts() {
    return this.data.interrupts;
  }

  /** @returns {Status} */
  get status() {
    const { run, interrupts } = this.data;
    if (run === null && interrupts.length > 0) {
      return "asking";
    }
    if (run === null) {
      return this.items.some(isNext) ? "answering" : "idle";
    }
    if (run.stopping) {
      return "stopping";
    }
    return run.away !== undefined
      ? "away"
      : run.queued !== undefined
        ? "queued"
        : "answering";
  }

  /** Keeps what is said from being sent until `open`: what was said before is still to come. */
  hold() {
    this.#isHeld = true;
  }

  /** Follows the run that is under way, as after a reload or when it was left. */
  open() {
    this.#isHeld = false;
    const { run } = this.data;
    if (this.#following !== null || run === null) {
      this.#next();
      return;
    }
    this.#readOn(run);
    if (run.stopping) {
      void this.#cancelAgain(run);
    }
  }

  /** Stops reading; the run itself goes on, and `open` reads on. */
  close() {
    this.#following?.abort();
    this.#following = null;
  }

  /**
   * Says something. While an answer is coming, or a decision is open, it waits for
   * that; where the agent asked for words, these are the answer.
   * @param {string} text
   */
  send(text) {
    if (text.trim() === "") {
      return;
    }
    const question = this.interrupts.find(
      (one) => one.answer === undefined && decisionsOf(one) === null,
    );
    /** @type {import("./conversation.js").Item} */
    const said = {
      ...{ id: crypto.randomUUID(), kind: "user", text, status: "waiting" },
    };
    if (question !== undefined) {
      add(this.items, { ...said, status: "done" });
      this.answer(question.id, wordsAsAnswer(question, text));
    } else {
      this.items.push(said);
      this.#changed();
      this.#next();
    }
  }

  /**
   * Answers an interrupt. When all are answered, the agent goes on.
   * @param {string} interruptId
   * @param {Answer | "refuse" | "once" | "always"} answer one of `decisionsOf`, or its name
   */
  answer(interruptId, answer) {
    const interrupt = this.interrupts.find(({ id }) => id === interruptId);
    const said =
      typeof answer === "string" && interrupt !== undefined
        ? decisionsOf(interrupt)?.[answer]
        : answer;
    if (interrupt === undefined || typeof said !== "object") {
      return;
    }
    interrupt.answer = said;
    const isRefused = answer === "refuse" || said.status === "cancelled";
    const step = stepOf(this.items, interrupt);
    if (step !== undefined) {
      const isStep = step.kind === "tool";
      step.status = isRefused ? "refused" : isStep ? "streaming" : "done";
      // How long the person thought is no time of the step.
      step.startedAt = Date.now();
    }
    this.#changed();
    if (this.interrupts.every((one) => one.answer !== undefined)) {
      this.#resume();
    }
  }

  /** Asks again for the answer to the last message. */
  retry() {
    const last = this.items.findLast(({ kind }) => kind === "user");
    if (last !== undefined) {
      this.edit(last.id, last.text);
    }
  }

  /**
   * Goes back to a message and says something else instead; what came after it goes.
   * @param {string} itemId of a message of the person
   * @param {string} text
   */
  edit(itemId, text) {
    const at = this.items.findIndex(({ id }) => id === itemId);
    if (at >= 0 && this.status === "idle" && text.trim() !== "") {
      this.items.splice(at);
      this.send(text);
    }
  }

  /**
   * Stops the run; its partial answer stays.
   * @returns {Promise<void>} rejects when the portal does not take it
   */
  async stop() {
    const { run } = this.data;
    if (run === null || run.stopping) {
      return;
    }
    run.stopping = true;
    this.#changed();
    await this.#cancel(run);
    if (this.data.run === run && run.away === "left") {
      this.#readOn(run);
    }
  }

  /** @param {string} [title] the person's name for it */
  rename(title) {
    const named = title?.trim();
    if (named) {
      this.data.title = named;
    } else {
      delete this.data.title;
    }
    this.#changed();
  }

  /**
   * @param {string} itemId of an answer
   * @param {"up" | "down" | undefined} rating
   */
  rate(itemId, rating) {
    const item = this.items.find(({ id }) => id === itemId);
    if (item !== undefined) {
      if (rating === undefined) {
        delete item.rating;
      } else {
        item.rating = rating;
      }
      this.#changed();
    }
  }

  #next() {
    const { items, run, interrupts } = this.data;
    const next = items.find(isNext);
    const isBusy = run !== null || interrupts.length > 0 || this.#isHeld;
    if (isBusy || next === undefined) {
      return;
    }
    next.status = "done";
    this.#start({ messages: historyOf(this.data) });
  }

  #resume() {
    const { interrupts } = this.data;
    const messages = historyOf(this.data);
    const resume = interrupts.map(({ id, answer }) => ({
      interruptId: id,
      ...answer,
    }));
    this.data.interrupts = [];
    this.#start({ messages, resume }, interrupts);
  }

  /**
   * @param {Record<string, unknown>} input
   * @param {import("./conversation.js").Interrupt[]} [answers] that `input` answers
   */
  #start(input, answers) {
    const run = {
      runId: crypto.randomUUID(),
      input: { threadId: this.data.id, context: this.#context, ...input },
      stopping: false,
      ...(answers !== undefined && { answers }),
    };
    this.data.run = run;
    this.data.updatedAt = Date.now();
    this.#changed();
    void this.#follow(run);
  }

  /** @param {Run} run */
  #readOn(run) {
    if (run.away === "left") {
      run.away = "lost";
      this.#changed();
    }
    void this.#follow(run);
  }

  /** @param {Run} run */
  async #follow(run) {
    const following = new AbortController();
    this.#following = following;
    try {
      await this.#read(run, following.signal);
      if (this.data.run === run) {
        endRun(this.data, "done");
      }
    } catch (error) {
      if (following.signal.aborted) {
        return;
      }
      await this.#unread(run, error);
    }
    if (this.#following === following) {
      this.#following = null;
    }
    this.#changed();
    this.#next();
  }

  /**
   * @param {Run} run
   * @param {AbortSignal} signal
   */
  async #read(run, signal) {
    const { runId, input, lastEventId } = run;
    const { module, id: agent } = this.data.agent;
    /** @type {import("../run.js").RunOptions} */
    const options = {
      ...{ runId, signal, fetch: this.#fetch },
      ...(lastEventId !== undefined && { lastEventId }),
      onWait: (wait) => this.#away(run, wait),
    };
    const events =
      input === undefined
        ? joinRun(runId, options)
        : runAgent({ module, agent, input, ...options });
    for await (const event of events) {
      if (this.data.run !== run) {
        return;
      }
      if (run.stopping && isComing(run)) {
        void this.#cancelAgain(run);
      }
      const { away, queued, answers } = run;
      const isBack = [away, queued, answers].some((one) => one !== undefined);
      delete run.away;
      delete run.refusal;
      delete run.answers;
      const appended = applyEvent(this.data, event);
      // With the event, so that both are kept together.
      if (events.lastEventId !== undefined) {
        run.lastEventId = events.lastEventId;
      }
      if (appended === undefined || isBack) {
        this.#changed();
      } else if (appended !== null) {
        this.dispatchEvent(new CustomEvent("append", { detail: appended }));
      }
    }
  }

  /**
   * @param {Run} run
   * @param {import("./following.js").Wait} wait
   */
  #away(run, { isOffline, problem }) {
    const isRefused = problem?.detail !== undefined;
    const reason = isRefused ? "refused" : "lost";
    this.#leave(run, isOffline ? "offline" : reason, problem);
    this.#changed();
    if (run.stopping && run.lastEventId === undefined) {
      void this.#cancelAgain(run);
    }
  }

  /**
   * Stops the run; where the post that starts it is still under way, its first event
   * brings this again.
   * @param {Run} run
   */
  async #cancel(run) {
    try {
      await cancelRun(run.runId, this.#fetch);
    } catch (error) {
      const isUnknown = error instanceof ProblemError && error.status === 404;
      if (isUnknown && isComing(run) && run.away === undefined) {
        return;
      }
      run.stopping = false;
      if (isUnknown && this.data.run === run) {
        this.close();
        endRun(this.data, "stopped");
      }
      this.#changed();
      this.#next();
      throw error;
    }
  }

  /** @param {Run} run that the person stopped, of which the portal may not know */
  async #cancelAgain(run) {
    try {
      await this.#cancel(run);
    } catch (error) {
      console.warn("run: not stopped", error);
    }
  }

  /**
   * @param {Run} run that could not be read on
   * @param {unknown} error
   */
  async #unread(run, error) {
    if (this.data.run !== run || isAbort(error)) {
      // What the page fetches with is closed, and the run goes on.
      return;
    }
    console.error(error);
    if (isFinal(error, run)) {
      await this.#failed(run, error);
    } else {
      // Whether it stops is not known either: the person may ask again.
      run.stopping = false;
      this.#leave(run, "left", error);
    }
  }

  /**
   * @param {Run} run
   * @param {NonNullable<Run["away"]>} why
   * @param {unknown} cause
   */
  #leave(run, why, cause) {
    run.away = why;
    delete run.refusal;
    if (cause instanceof ProblemError && cause.detail !== undefined) {
      run.refusal = cause.detail;
    }
  }

  /**
   * Says why a run failed; what it was to answer is open again, as far as the portal
   * still waits for it.
   * @param {Run} run
   * @param {unknown} error
   */
  async #failed(run, error) {
    const asked = run.answers ?? [];
    const open = mayHaveChanged(error, asked)
      ? ((await this.#openInterrupts()) ?? asked)
      : asked;
    if (this.data.run !== run) {
      return;
    }
    failRun(this.data, reasonOf(error, run));
    for (const interrupt of asked) {
      const step = stepOf(this.items, interrupt);
      if (step !== undefined && step.status !== "refused") {
        step.status = "stopped";
      }
    }
    this.#reopen(open);
  }

  /** @param {import("./conversation.js").Interrupt[]} interrupts */
  #reopen(interrupts) {
    this.data.interrupts = interrupts;
    for (const interrupt of interrupts) {
      delete interrupt.answer;
      const step = stepOf(this.items, interrupt);
      if (step !== undefined) {
        step.status = "waiting";
      }
    }
  }

  /**
   * What the portal knows to be open in this conversation.
   * @returns {Promise<import("./conversation.js").Interrupt[] | null>} null where it does not know
   */
  async #openInterrupts() {
    try {
      const path = `/agents/threads/${encodeURIComponent(this.data.id)}`;
      const { interrupts = [] } = await (await this.#fetch(path)).json();
      return interrupts;
    } catch (error) {
      console.error(error);
      return null;
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {unknown} error */
function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/**
 * Whether nothing of it has come yet.
 * @param {Run} run
 */
function isComing({ input, lastEventId }) {
  return input !== undefined && lastEventId === undefined;
}
