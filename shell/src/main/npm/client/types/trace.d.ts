/**
 * A new `traceparent` (W3C Trace Context, version 00, sampled).
 * @returns {string}
 */
export function traceparent(): string;
