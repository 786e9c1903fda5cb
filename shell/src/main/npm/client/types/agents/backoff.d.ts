/**
 * Waits before the next try: doubling from `base` up to `limit`, with jitter so
 * that many tabs do not come back in one moment. Returns early when the browser
 * is online again, unless the server asked to wait.
 * @param {number} failures tries that failed in a row, from 1
 * @param {{ base: number, limit: number, atLeast?: number }} delays milliseconds;
 *   `atLeast` is what the server asked for
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>} rejects with the signal's reason
 */
export function backoff(failures: number, { base, limit, atLeast }: {
    base: number;
    limit: number;
    atLeast?: number;
}, signal?: AbortSignal): Promise<void>;
/** Whether the browser knows that there is no network. */
export function isOffline(): boolean;
/**
 * Waits for the network, however long that takes.
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>} rejects with the signal's reason
 */
export function untilOnline(signal?: AbortSignal): Promise<void>;
