/** Something that is done once a frame, however often it is asked for. */
export class NextFrame {
  #act;
  #isDue = false;

  /** @param {() => void} act */
  constructor(act) {
    this.#act = act;
  }

  /** Whether it was asked for, and not done yet. */
  get isDue() {
    return this.#isDue;
  }

  ask() {
    if (!this.#isDue) {
      this.#isDue = true;
      // A hidden tab has no frames.
      const soon = document.hidden ? queueMicrotask : requestAnimationFrame;
      soon(() => {
        this.#isDue = false;
        this.#act();
      });
    }
  }
}
