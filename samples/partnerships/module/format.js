/**
 * Amounts and days as this person writes them.
 * @param {string} locale BCP 47 tag
 */
export function formatsIn(locale) {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const distance = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    /** @param {number} amount @param {string} [currency] */
    money: (amount, currency = "EUR") =>
      new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 }).format(amount),
    /** @param {number} amount @param {string} [currency] */
    shortMoney: (amount, currency = "EUR") =>
      new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        notation: "compact",
        maximumFractionDigits: 1,
      }).format(amount),
    /** @param {string} iso `2026-11-22` */
    day: (iso) => day.format(new Date(iso)),
    /** @param {string} iso `2026-11-22` */
    ago: (iso) => {
      const now = new Date();
      // Days of the calendar, not hours gone by.
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const days = Math.round((Date.parse(iso) - today) / 86_400_000);
      return Math.abs(days) < 60 ? distance.format(days, "day") : distance.format(Math.round(days / 30), "month");
    },
    list: new Intl.ListFormat(locale, { type: "unit", style: "short" }),
  };
}

/** Classes of `pergola-badge`, by status and by stage. */
const TONES = {
  active: "success",
  onboarding: "info",
  "at-risk": "warning",
  won: "success",
  lost: "danger",
  negotiation: "warning",
  proposal: "info",
};

/** @param {string} name status or stage */
export function badgeClass(name) {
  return `pergola-badge ${TONES[/** @type {keyof typeof TONES} */ (name)] ?? ""}`.trim();
}
