/**
 * Web vitals as web.dev defines them, of one page after another: the router
 * swaps pages in one document, and each is another module's.
 * Where a browser does not measure one, it stays undefined.
 */
export class Vitals {
  /** @type {[observer: PerformanceObserver, take: (entries: PerformanceEntryList) => void][]} */
  #observers = [];
  /** @type {number | undefined} largest contentful paint; of the document, so of its first page alone */
  #lcp;
  #isFirst = document.visibilityState === "visible";
  /** @type {Map<number, number>} interaction → its longest event */
  #interactions = new Map();
  #shifts = new ShiftWindows();
  #hasShifts;

  constructor() {
    this.#observe("largest-contentful-paint", {}, (entries) => {
      this.#lcp = entries.at(-1)?.startTime ?? this.#lcp;
    });
    this.#observe("event", { durationThreshold: 16 }, (entries) => {
      for (const entry of entries) {
        const { interactionId, duration } =
          /** @type {PerformanceEventTiming & { interactionId: number }} */ (
            entry
          );
        if (interactionId > 0) {
          const longest = this.#interactions.get(interactionId) ?? 0;
          this.#interactions.set(interactionId, Math.max(longest, duration));
        }
      }
    });
    this.#hasShifts = this.#observe("layout-shift", {}, (entries) =>
      entries.forEach((entry) => this.#shifts.add(entry)),
    );
  }

  /**
   * Ends a page.
   * @returns {{ lcp?: number | undefined, inp?: number | undefined, cls?: number | undefined }} milliseconds, CLS without unit
   */
  take() {
    for (const [observer, take] of this.#observers) {
      take(observer.takeRecords());
    }
    const lcp = this.#isFirst ? this.#lcp : undefined;
    const inp = longest([...this.#interactions.values()]);
    const cls = this.#hasShifts ? this.#shifts.largest : undefined;
    this.#isFirst = false;
    this.#interactions.clear();
    this.#shifts = new ShiftWindows();
    return { lcp, inp, cls };
  }

  /**
   * @param {string} type
   * @param {object} options
   * @param {(entries: PerformanceEntryList) => void} take
   * @returns {boolean} whether this browser measures it
   */
  #observe(type, options, take) {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) {
      return false;
    }
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type, buffered: true, ...options });
    this.#observers.push([observer, take]);
    return true;
  }
}

/** Layout shifts add up while less than a second lies between them, five at most. */
class ShiftWindows {
  largest = 0;
  #sum = 0;
  #first = 0;
  #last = -Infinity;

  /** @param {PerformanceEntry} entry */
  add(entry) {
    const { value, hadRecentInput, startTime } =
      /** @type {PerformanceEntry & { value: number, hadRecentInput: boolean }} */ (
        entry
      );
    if (hadRecentInput) {
      return;
    }
    const isNext =
      startTime - this.#last < 1000 && startTime - this.#first < 5000;
    this.#sum = isNext ? this.#sum + value : value;
    this.#first = isNext ? this.#first : startTime;
    this.#last = startTime;
    this.largest = Math.max(this.largest, this.#sum);
  }
}

/**
 * The longest interaction, leaving out one of every fifty.
 * @param {number[]} durations
 */
function longest(durations) {
  const sorted = durations.sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length / 50)];
}
