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
export function backoff(failures, { base, limit, atLeast = 0 }, signal) {
  const ceiling = Math.min(limit, base * 2 ** Math.min(failures - 1, 16));
  const millis =
    atLeast > 0
      ? atLeast + Math.random() * base
      : ceiling / 2 + (Math.random() * ceiling) / 2;
  return until(signal, (end, settled) => {
    const timer = setTimeout(end, millis);
    settled.addEventListener("abort", () => clearTimeout(timer));
    if (atLeast === 0) {
      globalThis.addEventListener?.("online", end, { signal: settled });
    }
  });
}

/** Whether the browser knows that there is no network. */
export function isOffline() {
  return globalThis.navigator?.onLine === false;
}

/**
 * Waits for the network, however long that takes.
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>} rejects with the signal's reason
 */
export function untilOnline(signal) {
  return until(signal, (end, settled) => {
    addEventListener("online", end, { signal: settled });
    if (!isOffline()) {
      end();
    }
  });
}

/**
 * @param {AbortSignal | undefined} signal
 * @param {(end: () => void, settled: AbortSignal) => void} start `settled` is aborted
 *   when the waiting is over
 * @returns {Promise<void>}
 */
function until(signal, start) {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const end = () => {
      settled.abort();
      if (signal?.aborted) {
        reject(signal.reason);
      } else {
        resolve();
      }
    };
    signal?.addEventListener("abort", end, { signal: settled.signal });
    start(end, settled.signal);
    if (signal?.aborted) {
      end();
    }
  });
}
