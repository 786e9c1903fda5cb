/**
 * A refusal of the portal or of a service (RFC 9457). An answer without a
 * problem document becomes one too, with type `about:blank`.
 */
export class ProblemError extends Error {
  /**
   * @param {number} status HTTP status, 400 to 599
   * @param {Record<string, unknown>} [members] the problem document
   */
  constructor(status, members = {}) {
    const title = text(members.title) ?? `Status ${status}`;
    super(text(members.detail) ?? title);
    this.name = "ProblemError";
    /** @readonly */
    this.status = status;
    /** @readonly reference that never changes, such as `/problems/not-found` */
    this.type = text(members.type) ?? "about:blank";
    /** @readonly */
    this.title = title;
    /** @readonly */
    this.detail = text(members.detail);
    /** @readonly what to name when asking for help */
    this.traceId = text(members.traceId);
    /** @readonly @type {unknown[]} everything wrong with what was sent */
    this.findings = Array.isArray(members.findings) ? members.findings : [];
    /** @readonly seconds to wait before another try, from `Retry-After` */
    this.retryAfter = secondsOf(members.retryAfter);
  }

  /**
   * @param {Response} response an answer of 400 or more; its body is read
   * @returns {Promise<ProblemError>}
   */
  static async of(response) {
    const isProblem = /[/+]json\b/.test(
      response.headers.get("content-type") ?? "",
    );
    const body = isProblem ? await response.json().catch(() => null) : null;
    const members = body !== null && typeof body === "object" ? body : {};
    return new ProblemError(response.status, {
      retryAfter: response.headers.get("retry-after"),
      ...members,
    });
  }
}

/**
 * `Retry-After` is a number of seconds, or the time itself.
 * @param {unknown} value
 */
function secondsOf(value) {
  const seconds = Number(value ?? 0);
  if (!Number.isNaN(seconds)) {
    return Math.max(0, seconds);
  }
  const at = Date.parse(String(value));
  return Number.isNaN(at)
    ? 0
    : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" && value !== "" ? value : undefined;
}
