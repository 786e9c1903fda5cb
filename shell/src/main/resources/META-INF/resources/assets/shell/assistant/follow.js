const NEAR = 100;

/**
 * Keeps the end of a growing list in sight, as long as the reader is near it.
 * Scrolling up ends that at once; coming back to the end resumes it.
 */
export class BottomFollower {
  #scroller;
  #isFollowing = true;

  /**
   * @param {HTMLElement} scroller
   * @param {(isFollowing: boolean) => void} changed
   */
  constructor(scroller, changed) {
    this.#scroller = scroller;
    let top = 0;
    scroller.addEventListener("scroll", () => {
      const isUp = scroller.scrollTop < top;
      top = scroller.scrollTop;
      const isFollowing =
        this.#distance <= NEAR && !(isUp && this.#distance > 2);
      if (isFollowing !== this.#isFollowing) {
        this.#isFollowing = isFollowing;
        changed(isFollowing);
      }
    });
  }

  get #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  /** Call after something was added. */
  grown() {
    if (this.#isFollowing) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }
  }

  /** Goes to the end and follows it again. */
  jump() {
    this.#isFollowing = true;
    this.grown();
  }
}
