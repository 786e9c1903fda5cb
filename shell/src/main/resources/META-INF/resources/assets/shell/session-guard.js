import { SESSION_CHANNEL } from "./session-news.js";
import { ask, openDialog } from "./dialog.js";

/** Asks a person whose session has ended to sign in again without losing the page. */
export class SessionGuard {
  #state;
  #words;
  #channel = new BroadcastChannel(SESSION_CHANNEL);
  /** @type {Promise<boolean> | null} */
  #asking = null;

  /**
   * @param {import("./page-state.js").PageState} state
   * @param {ReturnType<typeof import("./words.js").createWords>} words
   */
  constructor(state, words) {
    this.#state = state;
    this.#words = words;
  }

  /**
   * Many requests may ask at once; the person is asked once.
   * @returns {Promise<boolean>} whether the same person is signed in again
   */
  signInAgain() {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask() {
    const words = this.#words;
    const { dialog, closed } = openDialog(
      { title: words("sessionTitle"), text: words("sessionText") },
      [
        { text: words("notNow"), act: (shown) => shown.close() },
        { text: words("signIn"), act: () => this.#open(), variant: "primary" },
      ],
    );
    /** @type {string | undefined} */
    let subject;
    const hear = (/** @type {MessageEvent} */ { data }) => {
      subject = data.subject;
      dialog.close();
    };
    this.#channel.addEventListener("message", hear);
    await closed;
    this.#channel.removeEventListener("message", hear);
    this.#popup?.close();
    return subject !== undefined && this.#isSame(subject);
  }

  /** @type {Window | null} */
  #popup = null;

  #open() {
    const features = "popup,width=560,height=720";
    this.#popup = open(this.#state.signInUrl, "pergola-sign-in", features);
  }

  /** @param {string} subject */
  async #isSame(subject) {
    if (subject === this.#state.session.subject) {
      return true;
    }
    const words = this.#words;
    const reload = await ask({
      title: words("sessionTitle"),
      text: words("otherPerson"),
      yes: words("reload"),
      no: words("notNow"),
    });
    if (reload) {
      location.reload();
    }
    return false;
  }
}
