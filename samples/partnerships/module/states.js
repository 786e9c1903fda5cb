import { html, nothing } from "lit";

/** @typedef {import("./words.js").Words} Words */

/**
 * Grey lines of about the size of what comes; shown after a moment only.
 * @param {Words} words
 * @param {number} rows
 */
export function waiting(words, rows) {
  return html`<div class="partnerships-waiting" role="status">
    <span class="pergola-visually-hidden">${words.loading}</span>
    ${Array.from({ length: rows }, () => html`<span class="pergola-skeleton row"></span>`)}
  </div>`;
}

/**
 * @param {Words} words
 * @param {any} error what `pergola.fetch` rejected with
 * @param {() => void} retry
 */
export function failed(words, error, retry) {
  return html`<div class="pergola-error-card" role="alert">
    <h2>${words.failed}</h2>
    <p>${error.message}</p>
    ${error.traceId ? html`<p><small>${words.reference}: <code>${error.traceId}</code></small></p>` : nothing}
    <div class="pergola-actions">
      <button class="pergola-button" type="button" @click=${retry}>${words.retry}</button>
    </div>
  </div>`;
}

/**
 * A part of a view that did not come.
 * @param {Words} words
 * @param {string} title
 * @param {string} module
 * @param {{ status?: string } | undefined} part what the view says about it
 * @param {() => void} retry
 */
export function unavailable(words, title, module, part, retry) {
  const why = part?.status === "timeout" ? words.why.timeout : words.why.other;
  return html`<div class="pergola-message warning" data-part=${module}>
    <strong>${title}</strong>
    <p>${words.partHint(module, why)}</p>
    <div class="pergola-actions">
      <button class="pergola-button small" type="button" @click=${retry}>${words.retry}</button>
    </div>
  </div>`;
}
