/**
 * A refusal of the portal or of a service (RFC 9457). An answer without a
 * problem document becomes one too, with type `about:blank`.
 */
export class ProblemError extends Error {
    /**
     * @param {Response} response an answer of 400 or more; its body is read
     * @returns {Promise<ProblemError>}
     */
    static of(response: Response): Promise<ProblemError>;
    /**
     * @param {number} status HTTP status, 400 to 599
     * @param {Record<string, unknown>} [members] the problem document
     */
    constructor(status: number, members?: Record<string, unknown>);
    /** @readonly */
    readonly status: number;
    /** @readonly reference that never changes, such as `/problems/not-found` */
    readonly type: string;
    /** @readonly */
    readonly title: string;
    /** @readonly */
    readonly detail: string | undefined;
    /** @readonly what to name when asking for help */
    readonly traceId: string | undefined;
    /** @readonly @type {unknown[]} everything wrong with what was sent */
    readonly findings: unknown[];
    /** @readonly seconds to wait before another try, from `Retry-After` */
    readonly retryAfter: number;
}
