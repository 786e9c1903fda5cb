import { html, LitElement, nothing } from "lit";
import { baseStyles, buttonStyles, fieldStyles } from "./shared-styles.js";
import { filterRows, sortRows } from "./table-rows.js";
import { tableStyles } from "./table-styles.js";

/**
 * A table over rows in memory: sorted by its heads, filtered by a field, in pages. On a narrow
 * place each row becomes a small card. For rows that the server lays out, use `pergola-table`.
 *
 * @slot toolbar - more filters and buttons
 * @slot empty - shown when there are no rows at all: say why, and what to do
 * @slot none - shown when the filter leaves no row
 * @csspart toolbar filter, number of rows, more
 * @csspart table the table
 * @fires pergola-table-change after sort, filter or page changed
 */
export class PergolaDataTable extends LitElement {
  static properties = {
    /** Name of the table. */
    label: {},
    /** `TableColumn[]`. */
    columns: { attribute: false },
    /** Plain objects. */
    rows: { attribute: false },
    /** Whether there is a field to filter by. */
    filterable: { type: Boolean },
    /** Whether rows are on their way. */
    loading: { type: Boolean },
    /** Rows of a page; 0 for all. */
    pageSize: { type: Number, attribute: "page-size" },
    /** Key of the column that sorts. */
    sort: {},
    /** Whether the last come first. */
    descending: { type: Boolean },
    /** Words of the element itself, to translate them. */
    words: { attribute: false },
    text: { state: true },
    page: { state: true },
  };

  static styles = [baseStyles, buttonStyles, fieldStyles, tableStyles];

  constructor() {
    super();
    this.label = "";
    /** @type {import("./table-rows.js").TableColumn[]} */
    this.columns = [];
    /** @type {any[]} */
    this.rows = [];
    this.filterable = false;
    this.loading = false;
    this.pageSize = 25;
    this.sort = "";
    this.descending = false;
    this.words = {
      filter: "Filter",
      clear: "Clear filter",
      none: "No row fits the filter.",
      empty: "There is nothing here yet.",
      loading: "Loading",
      previous: "Previous",
      next: "Next",
      range: (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ all) => `${from}–${to} of ${all}`,
    };
    this.text = "";
    this.page = 0;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("rows") || changed.has("text")) {
      this.page = 0;
    }
  }

  /** Shows all rows again. */
  clearFilter() {
    this.text = "";
    this.#changed();
  }

  /** Rows as they stand, over all pages. */
  get shownRows() {
    const found = filterRows(this.rows, this.columns, this.text);
    const column = this.columns.find((each) => each.key === this.sort);
    return column === undefined ? found : sortRows(found, column, this.descending, this.#locale);
  }

  get #locale() {
    return document.documentElement.lang;
  }

  #changed() {
    this.dispatchEvent(new Event("pergola-table-change", { bubbles: true, composed: true }));
  }

  /** @param {string} key */
  #sortBy(key) {
    this.descending = this.sort === key ? !this.descending : false;
    this.sort = key;
    this.page = 0;
    this.#changed();
  }

  /** @param {number} page */
  #turn(page) {
    this.page = page;
    this.#changed();
  }

  render() {
    const rows = this.shownRows;
    const size = this.pageSize > 0 ? this.pageSize : Math.max(1, rows.length);
    const from = this.page * size;
    return html`${this.#toolbar()}
      ${this.rows.length === 0 && !this.loading
        ? html`<slot name="empty"><p class="none">${this.words.empty}</p></slot>`
        : this.#table(rows.slice(from, from + size))}
      ${this.rows.length > 0 ? this.#foot(rows.length, from, size) : nothing}`;
  }

  #toolbar() {
    return html`<div part="toolbar">
      ${this.filterable
        ? html`<label class="search">
            <span class="hidden">${this.words.filter}</span>
            <pergola-icon name="search"></pergola-icon>
            <input
              class="field"
              type="search"
              placeholder=${this.words.filter}
              .value=${this.text}
              @input=${(/** @type {any} */ event) => {
                this.text = event.target.value;
                this.#changed();
              }}
            />
          </label>`
        : nothing}
      <slot name="toolbar"></slot>
    </div>`;
  }

  /** @param {any[]} rows */
  #table(rows) {
    const isFilteredAway = rows.length === 0 && !this.loading;
    return html`<div class="frame" role="region" aria-label=${this.label} tabindex="0">
      <table part="table" aria-label=${this.label} aria-busy=${this.loading ? "true" : "false"}>
        <thead>
          <tr>
            ${this.columns.map((column) => this.#head(column))}
          </tr>
        </thead>
        <tbody>
          ${this.loading && this.rows.length === 0
            ? [1, 2, 3].map(
                () => html`<tr aria-hidden="true">
                  ${this.columns.map(() => html`<td><span class="skeleton"></span></td>`)}
                </tr>`,
              )
            : rows.map((row) => html`<tr>
                ${this.columns.map((column, index) => this.#cell(column, row, index === 0))}
              </tr>`)}
        </tbody>
      </table>
      ${isFilteredAway
        ? html`<slot name="none">
            <p class="none">
              ${this.words.none}
              <button class="button small" @click=${this.clearFilter}>${this.words.clear}</button>
            </p>
          </slot>`
        : nothing}
    </div>`;
  }

  /** @param {import("./table-rows.js").TableColumn} column */
  #head(column) {
    const isSorted = this.sort === column.key;
    const direction = this.descending ? "descending" : "ascending";
    const style = column.type === "number" ? "number" : "";
    return html`<th scope="col" class=${style} aria-sort=${isSorted ? direction : nothing}>
      ${column.fixed
        ? column.label
        : html`<button @click=${() => this.#sortBy(column.key)}>
            ${column.label}<pergola-icon
              size="small"
              name=${isSorted ? (this.descending ? "arrow-down" : "arrow-up") : "selector"}
            ></pergola-icon>
          </button>`}
    </th>`;
  }

  /**
   * @param {import("./table-rows.js").TableColumn} column
   * @param {any} row
   * @param {boolean} isFirst
   */
  #cell(column, row, isFirst) {
    const content = this.#content(column, row);
    return isFirst
      ? html`<th scope="row">${content}</th>`
      : html`<td class=${column.type === "number" ? "number" : ""} data-label=${column.label}>${content}</td>`;
  }

  /**
   * @param {import("./table-rows.js").TableColumn} column
   * @param {any} row
   */
  #content(column, row) {
    const value = row[column.key];
    const text = column.format ? column.format(value, row) : this.#usual(column, value);
    if (column.type === "status") {
      return html`<pergola-status type=${column.status?.(row) ?? "neutral"}>${text}</pergola-status>`;
    }
    const href = column.href?.(row);
    return href === undefined ? text : html`<a href=${href}>${text}</a>`;
  }

  /**
   * @param {import("./table-rows.js").TableColumn} column
   * @param {any} value
   */
  #usual(column, value) {
    if (value === null || value === undefined || value === "") {
      return "–";
    }
    switch (column.type) {
      case "number":
        return new Intl.NumberFormat(this.#locale || undefined).format(value);
      case "date":
        return new Intl.DateTimeFormat(this.#locale || undefined, { dateStyle: "medium" }).format(new Date(value));
      default:
        return value;
    }
  }

  /**
   * @param {number} all
   * @param {number} from
   * @param {number} size
   */
  #foot(all, from, size) {
    const to = Math.min(all, from + size);
    return html`<div class="foot">
      <span role="status">${this.words.range(Math.min(from + 1, all), to, all)}</span>
      ${all > size
        ? html`<span class="pages">
            <button class="button small" ?disabled=${from === 0} @click=${() => this.#turn(this.page - 1)}>
              ${this.words.previous}
            </button>
            <button class="button small" ?disabled=${to >= all} @click=${() => this.#turn(this.page + 1)}>
              ${this.words.next}
            </button>
          </span>`
        : nothing}
    </div>`;
  }
}
