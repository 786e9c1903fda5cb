import { css } from "lit";

/** Look of `pergola-data-table`, the same as that of the class `pergola-table`. */
export const tableStyles = css`
  :host {
    display: block;
    container: table / inline-size;
  }

  [part="toolbar"] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--pergola-space-small) var(--pergola-space-medium);
    margin-block-end: var(--pergola-space-medium);
  }

  slot[name="toolbar"] {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--pergola-space-small);
  }

  .search {
    position: relative;
    flex: 0 1 20rem;
  }

  .search pergola-icon {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--pergola-space-medium);
    margin-block: auto;
    color: var(--pergola-color-text-quiet);
    pointer-events: none;
  }

  .search .field {
    padding-inline-start: calc(
      var(--pergola-size-icon) + var(--pergola-space-medium) +
        var(--pergola-space-small)
    );
  }

  .frame {
    overflow: auto;
    border: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    border-radius: var(--pergola-radius-panel);
    background: var(--pergola-color-surface-raised);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: lining-nums tabular-nums;
    line-height: var(--pergola-font-line-control);
  }

  th,
  td {
    block-size: var(--pergola-size-row);
    padding: var(--pergola-space-tight) var(--pergola-space-medium);
    border-block-end: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    text-align: start;
  }

  :is(th, td):first-child {
    padding-inline-start: var(--pergola-space-normal);
  }

  :is(th, td):last-child {
    padding-inline-end: var(--pergola-space-normal);
  }

  .number {
    text-align: end;
  }

  thead th {
    color: var(--pergola-color-text-quiet);
    background: var(--pergola-table-head);
    font-size: var(--pergola-font-size-small);
    white-space: nowrap;
  }

  tbody th {
    font-weight: var(--pergola-font-weight-medium);
  }

  tbody tr:hover {
    background: var(--pergola-color-surface-hover);
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  thead button {
    display: inline-flex;
    align-items: center;
    gap: var(--pergola-space-tight);
    min-block-size: 1.75rem;
    padding: 0;
    border: 0;
    border-radius: var(--pergola-radius-small);
    color: inherit;
    background: none;
    font: inherit;
    font-weight: inherit;
    cursor: pointer;
  }

  thead :is(button:hover, [aria-sort] button) {
    color: var(--pergola-color-text-default);
  }

  a {
    color: var(--pergola-color-text-link);
    text-underline-offset: 0.2em;
  }

  a:hover {
    color: var(--pergola-color-text-link-hover);
  }

  .none {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--pergola-space-medium);
    margin: 0;
    padding: var(--pergola-space-huge) var(--pergola-space-normal);
    color: var(--pergola-color-text-quiet);
  }

  .skeleton {
    display: block;
    block-size: 0.9em;
    border-radius: var(--pergola-radius-small);
    background: var(--pergola-color-skeleton-base);
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--pergola-space-small);
    margin-block-start: var(--pergola-space-medium);
    color: var(--pergola-color-text-quiet);
    font-size: var(--pergola-font-size-small);
  }

  .pages {
    display: flex;
    gap: var(--pergola-space-small);
  }

  @container table (inline-size < 36rem) {
    table,
    tbody,
    tbody :is(tr, th, td) {
      display: block;
    }

    thead {
      display: block;
    }

    thead tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--pergola-space-normal);
      padding-inline: var(--pergola-space-normal);
      background: var(--pergola-table-head);
    }

    thead th.number {
      text-align: start;
    }

    thead th,
    thead th:is(:first-child, :last-child) {
      display: flex;
      align-items: center;
      padding-inline: 0;
      border: 0;
    }

    tbody tr {
      padding-block: var(--pergola-space-small);
      border-block-end: var(--pergola-border-width-default) solid
        var(--pergola-color-border-default);
    }

    tbody tr:last-child {
      border: 0;
    }

    tbody :is(th, td) {
      display: flex;
      justify-content: space-between;
      gap: var(--pergola-space-normal);
      block-size: auto;
      padding: var(--pergola-space-tight) var(--pergola-space-normal);
      border: 0;
      text-align: start;
    }

    tbody th {
      justify-content: flex-start;
    }

    tbody td::before {
      content: attr(data-label);
      flex: none;
      color: var(--pergola-color-text-quiet);
      font-size: var(--pergola-font-size-small);
    }
  }
`;
