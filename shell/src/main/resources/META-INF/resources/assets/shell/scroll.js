/**
 * Brings the page back to where the person left it. Modules take a moment to
 * fill it, so this goes on until it is tall enough, they touch it, or time is up.
 * @param {number} top pixels
 * @param {number} [millis]
 */
export function restoreScroll(top, millis = 3000) {
  const end = new AbortController();
  const { signal } = end;
  const attempt = () => {
    scrollTo({ top, behavior: "instant" });
    if (Math.abs(scrollY - top) < 2) {
      end.abort();
    }
  };
  const observer = new ResizeObserver(attempt);
  const timer = setTimeout(() => end.abort(), millis);
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(type, () => end.abort(), { signal, passive: true });
  }
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  observer.observe(document.body);
  attempt();
}
