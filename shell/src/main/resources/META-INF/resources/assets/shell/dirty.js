/** Which modules have work that leaving would lose. */
export class DirtyModules {
  /** @type {Map<object, string>} */
  #titles = new Map();

  /**
   * @param {object} key place of the module
   * @param {string} title name of the module as people know it
   * @param {boolean} isDirty
   */
  mark(key, title, isDirty) {
    if (isDirty) {
      this.#titles.set(key, title);
    } else {
      this.#titles.delete(key);
    }
  }

  /** @param {object} key */
  forget(key) {
    this.#titles.delete(key);
  }

  /** @param {object} key */
  has(key) {
    return this.#titles.has(key);
  }

  /** Titles of modules with unsaved work, each once. */
  get titles() {
    return [...new Set(this.#titles.values())];
  }

  clear() {
    this.#titles.clear();
  }
}
