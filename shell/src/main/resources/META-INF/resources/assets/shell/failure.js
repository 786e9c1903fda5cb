/** Why a module is not in its place. */
export class ModuleFailure extends Error {
  /**
   * @param {"slow" | "missing" | "changed" | "threw" | "unknown"} reason
   * @param {unknown} [cause]
   */
  constructor(reason, cause) {
    super(`module: ${reason}`, { cause });
    this.name = "ModuleFailure";
    this.reason = reason;
  }

  /**
   * @param {unknown} error
   * @returns {ModuleFailure}
   */
  static of(error) {
    return error instanceof ModuleFailure
      ? error
      : new ModuleFailure("threw", error);
  }
}

/** @returns {string} eight characters to name an error by */
export function errorId() {
  return crypto.randomUUID().slice(0, 8);
}

/** A module is not in its place; the host shows why. */
export class ModuleErrorEvent extends Event {
  /**
   * @param {import("./target.js").Target | null} target
   * @param {ModuleFailure} failure
   * @param {string} id what a person may name when asking for help
   */
  constructor(target, failure, id) {
    super("pergola-module-error", { bubbles: true, composed: true });
    this.module = target?.module ?? "";
    this.version = target?.version ?? "";
    this.reason = failure.reason;
    this.error = failure.cause ?? failure;
    this.id = id;
  }
}
