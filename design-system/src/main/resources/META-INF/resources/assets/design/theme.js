/** A year, in seconds. */
const KEPT = 31_536_000;

/**
 * @typedef {"system" | "light" | "dark" | "contrast"} Theme
 * @typedef {"comfortable" | "compact"} Density
 */

/** @returns {Theme} what the person chose */
export function theme() {
  return /** @type {Theme} */ (document.documentElement.dataset.theme ?? "system");
}

/** @returns {Density} */
export function density() {
  return /** @type {Density} */ (
    document.documentElement.dataset.density ?? "comfortable"
  );
}

/**
 * Shows a theme and keeps it in the cookie `pergola-theme`, which the server writes onto
 * `<html>`, so that the next page is right from its first byte.
 * @param {Theme} chosen
 */
export function chooseTheme(chosen) {
  if (chosen === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
  keep("pergola-theme", chosen === "system" ? "" : chosen);
}

/** @param {Density} chosen kept in the cookie `pergola-density` */
export function chooseDensity(chosen) {
  document.documentElement.dataset.density = chosen;
  keep("pergola-density", chosen);
}

/**
 * @param {string} name
 * @param {string} value empty removes the cookie
 */
function keep(name, value) {
  const age = value === "" ? 0 : KEPT;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
