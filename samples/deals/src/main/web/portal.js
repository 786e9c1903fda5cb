import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { wordsIn } from "./words.js";

/** The client object of the portal. */
export const Portal = createContext(/** @type {any} */ (null));

/** Client object, words and formats of this person. */
export function usePortal() {
  const pergola = useContext(Portal);
  const { locale } = pergola;
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
    const money = (amount, currency, more) =>
      new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0, ...more }).format(amount);
    return {
      pergola,
      words: wordsIn(locale),
      day: (iso) => day.format(new Date(iso)),
      shortDay: (iso) => short.format(new Date(iso)),
      money: (amount, currency = "EUR") => money(amount, currency),
      shortMoney: (amount, currency = "EUR") =>
        money(amount, currency, { notation: "compact", maximumFractionDigits: 1 }),
    };
  }, [pergola, locale]);
}

/**
 * What an address answers; `change` puts another value in its place.
 * @param {string} path
 */
export function useAnswer(path) {
  const { pergola } = usePortal();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState({ value: null, error: null });
  useEffect(() => {
    const leaving = new AbortController();
    pergola
      .fetch(path, { signal: leaving.signal })
      .then((answer) => answer.json())
      .then((value) => setState({ value, error: null }))
      .catch((error) => leaving.signal.aborted || setState({ value: null, error }));
    return () => leaving.abort();
  }, [pergola, path, tries]);
  const retry = useCallback(() => {
    setState({ value: null, error: null });
    setTries((count) => count + 1);
  }, []);
  const change = useCallback((next) => setState(({ value }) => ({ value: next(value), error: null })), []);
  return { ...state, retry, change };
}

/** Whether this person may move deals. */
export function useMayMove() {
  const { pergola } = usePortal();
  return (pergola.session.roles ?? []).some((role) => role === "business" || role === "admin");
}

/**
 * Moves a deal, tells the person and the other modules.
 * @returns {(deal: any, stage: string) => Promise<any>} the deal as it is now; what went wrong is told
 */
export function useMove() {
  const { pergola, words } = usePortal();
  return useCallback(
    async (deal, stage) => {
      const answer = await pergola.fetch(`/api/deals/deals/${deal.id}/stage`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "If-Match": `"${deal.revision}"` },
        body: JSON.stringify({ stage }),
      });
      const moved = await answer.json();
      pergola.notify(words.moved(moved.title, words.stages[moved.stage]));
      if (moved.stage === "won") {
        const { id, partnershipId, amount, currency } = moved;
        pergola.emit("deal.won.v1", { id, partnershipId, amount, currency });
      }
      return moved;
    },
    [pergola, words],
  );
}
