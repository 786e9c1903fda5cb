import { LitElement, html, nothing } from "lit";
import { badgeClass, formatsIn } from "./format.js";
import { failed, waiting } from "./states.js";
import { wordsIn } from "./words.js";

const TYPING_MILLIS = 200;

/** @param {any} one */
const sortKeys = {
  name: (/** @type {any} */ one) => one.name,
  status: (/** @type {any} */ one) => one.status,
  annualTarget: (/** @type {any} */ one) => one.annualTarget,
  lastContactOn: (/** @type {any} */ one) => one.lastContactOn,
};

/** Page `list`: all partnerships, searched by words and status. */
export class PartnershipsList extends LitElement {
  static properties = {
    pergola: { attribute: false },
    items: { state: true },
    error: { state: true },
    q: { state: true },
    status: { state: true },
    sort: { state: true },
  };

  #asking = new AbortController();
  #typing = 0;

  constructor() {
    super();
    /** @type {any} */
    this.pergola = undefined;
    /** @type {any[] | null} */
    this.items = null;
    /** @type {any} */
    this.error = null;
    this.sort = { by: "name", descending: false };
    const query = new URLSearchParams(location.search);
    this.q = query.get("q") ?? "";
    this.status = query.get("status") ?? "";
  }

  // The portal's style sheet reaches light DOM only.
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

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#asking.abort();
  }

  async #load() {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    const query = new URLSearchParams();
    if (this.q.trim() !== "") {
      query.set("q", this.q.trim());
    }
    if (this.status !== "") {
      query.set("status", this.status);
    }
    try {
      const answer = await this.pergola.fetch(`/api/partnerships/partnerships?${query}`, { signal });
      this.items = (await answer.json()).items;
      this.error = null;
    } catch (error) {
      if (!signal.aborted) {
        this.error = error;
      }
      return;
    }
    // Back from a partnership finds the same search.
    const search = query.size > 0 ? `?${query}` : "";
    if (this.isConnected && location.search !== search) {
      history.replaceState(history.state, "", `${location.pathname}${search}`);
    }
  }

  #retry = () => {
    this.error = null;
    this.items = null;
    this.#load();
  };

  #clear = () => {
    this.q = "";
    this.status = "";
    this.#load();
    this.querySelector("input")?.focus();
  };

  /** @param {InputEvent} event */
  #type(event) {
    this.q = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#load(), TYPING_MILLIS);
  }

  /** @param {Event} event */
  #choose(event) {
    this.status = /** @type {HTMLSelectElement} */ (event.target).value;
    this.#load();
  }

  /** @param {string} by */
  #sortBy(by) {
    this.sort = { by, descending: this.sort.by === by && !this.sort.descending };
  }

  render() {
    const { words } = this;
    return html`
      <search class="pergola-toolbar">
        <div class="pergola-field partnerships-search">
          <label for="partnerships-q">${words.search}</label>
          <input
            id="partnerships-q"
            type="search"
            autocomplete="off"
            placeholder=${words.searchHint}
            .value=${this.q}
            @input=${this.#type}
          />
        </div>
        <div class="pergola-field">
          <label for="partnerships-status">${words.status}</label>
          <select id="partnerships-status" @change=${this.#choose}>
            <option value="" ?selected=${this.status === ""}>${words.anyStatus}</option>
            ${Object.entries(words.statuses).map(
              ([status, title]) =>
                html`<option value=${status} ?selected=${this.status === status}>${title}</option>`,
            )}
          </select>
        </div>
      </search>
      ${this.#content()}
    `;
  }

  #content() {
    const { words, items } = this;
    if (this.error !== null) {
      return failed(words, this.error, this.#retry);
    }
    if (items === null) {
      return waiting(words, 8);
    }
    if (items.length === 0) {
      const filtered = this.q.trim() !== "" || this.status !== "";
      return html`<div class="pergola-empty" role="status">
        <h2>${filtered ? words.none : words.empty}</h2>
        <p>${filtered ? words.noneHint : words.emptyHint}</p>
        ${filtered
          ? html`<div class="pergola-actions">
              <button class="pergola-button" type="button" @click=${this.#clear}>${words.clear}</button>
            </div>`
          : nothing}
      </div>`;
    }
    return html`
      <p class="pergola-quiet pergola-small" role="status">${words.count(items.length)}</p>
      <div class="pergola-table-frame">
        <table class="pergola-table">
          <thead>
            <tr>
              ${this.#heading("name", words.name)} ${this.#heading("status", words.status)}
              <th scope="col">${words.regions}</th>
              ${this.#heading("annualTarget", words.target, "pergola-number")}
              ${this.#heading("lastContactOn", words.lastContact)}
            </tr>
          </thead>
          <tbody>
            ${this.#sorted().map((one) => this.#row(one))}
          </tbody>
        </table>
      </div>
    `;
  }

  /** @param {string} by @param {string} title @param {string} [className] */
  #heading(by, title, className = "") {
    const direction = this.sort.descending ? "descending" : "ascending";
    return html`<th scope="col" class=${className} aria-sort=${this.sort.by === by ? direction : nothing}>
      <button type="button" @click=${() => this.#sortBy(by)}>${title}</button>
    </th>`;
  }

  #sorted() {
    const { by, descending } = this.sort;
    const key = sortKeys[/** @type {keyof typeof sortKeys} */ (by)];
    const sign = descending ? -1 : 1;
    return (this.items ?? []).toSorted((a, b) =>
      typeof key(a) === "number"
        ? sign * (key(a) - key(b))
        : sign * String(key(a)).localeCompare(String(key(b)), this.pergola.locale),
    );
  }

  /** @param {any} one */
  #row(one) {
    const { words, formats } = this;
    return html`<tr>
      <th scope="row"><a href="/partnerships/${one.id}">${one.name}</a></th>
      <td data-label=${words.status}>
        <span class=${badgeClass(one.status)}>${words.statuses[one.status] ?? one.status}</span>
      </td>
      <td data-label=${words.regions}>${formats.list.format(one.regions)}</td>
      <td data-label=${words.target} class="pergola-number">${formats.money(one.annualTarget, one.currency)}</td>
      <td data-label=${words.lastContact}>
        <time datetime=${one.lastContactOn} title=${formats.day(one.lastContactOn)}>${formats.ago(one.lastContactOn)}</time>
      </td>
    </tr>`;
  }
}
