/**
 * Waits before the next try: doubling from `base` up to `limit`, with jitter so
 * that many tabs do not come back in one moment. Returns early when the browser
 * is online again.
 * @param {number} failures tries that failed in a row, from 1
 * @param {{ base: number, limit: number }} delays milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>} rejects with the signal's reason
 */
export function backoff(failures, { base, limit }, signal) {
  const ceiling = Math.min(limit, base * 2 ** Math.min(failures - 1, 16));
  const millis = ceiling / 2 + (Math.random() * ceiling) / 2;
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const end = () => {
      clearTimeout(timer);
      settled.abort();
      if (signal?.aborted) {
        reject(signal.reason);
      } else {
        resolve();
      }
    };
    const timer = setTimeout(end, millis);
    addEventListener("online", end, { signal: settled.signal });
    signal?.addEventListener("abort", end, { signal: settled.signal });
    if (signal?.aborted) {
      end();
    }
  });
}
