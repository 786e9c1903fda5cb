import { LitElement, html, nothing } from "lit";
import { badgeClass, formatsIn } from "./format.js";
import { waiting } from "./states.js";
import { wordsIn } from "./words.js";

/** Card of the home page: how many partnerships are in which status. */
export class PartnershipsPipelineCard extends LitElement {
  static properties = {
    pergola: { attribute: false },
    summary: { state: true },
    error: { state: true },
  };

  constructor() {
    super();
    /** @type {any} */
    this.pergola = undefined;
    /** @type {any} */
    this.summary = null;
    /** @type {any} */
    this.error = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("partnerships");
    this.words = wordsIn(this.pergola.locale);
    this.formats = formatsIn(this.pergola.locale);
    this.#load();
  }

  #load = async () => {
    this.error = null;
    try {
      const answer = await this.pergola.fetch("/api/partnerships/partnerships/summary");
      this.summary = await answer.json();
    } catch (error) {
      if (!this.pergola.signal.aborted) {
        this.error = error;
      }
    }
  };

  render() {
    const { words } = this;
    return html`<section class="pergola-card">
      <header><h2>${words.pipeline}</h2></header>
      ${this.error !== null ? this.#failed() : this.summary === null ? waiting(words, 5) : this.#figures()}
      <footer><a href="/partnerships">${words.all}</a></footer>
    </section>`;
  }

  #failed() {
    const { words } = this;
    return html`<div class="pergola-message warning" role="status">
      <strong>${words.failed}</strong>
      <div class="pergola-actions">
        <button class="pergola-button small" type="button" @click=${this.#load}>${words.retry}</button>
      </div>
    </div>`;
  }

  #figures() {
    const { words, formats, summary } = this;
    const counts = Object.values(summary).map((/** @type {any} */ one) => one.count);
    const most = Math.max(1, ...counts);
    return html`
      <p class="pergola-figure">
        <strong>${formats.shortMoney(summary.active?.annualTarget ?? 0)}</strong> ${words.activeTarget}
      </p>
      <ul class="pergola-list">
        ${Object.entries(words.statuses).map(([status, title]) => {
          const count = summary[status]?.count ?? 0;
          return count === 0
            ? nothing
            : html`<li>
                <a class="partnerships-status" href="/partnerships?status=${status}">
                  <span class=${badgeClass(status)}>${title}</span>
                </a>
                <progress aria-hidden="true" value=${count} max=${most}></progress>
                <span class="pergola-number">${count}</span>
              </li>`;
        })}
      </ul>
    `;
  }
}
