import { css } from "lit";

/** Look of what `MarkdownWriter` writes into `.markdown`. */
export const markdownStyles = css`
  .markdown {
    overflow-wrap: anywhere;
    line-height: var(--pergola-font-line-body);
  }

  .markdown > :first-child {
    margin-block-start: 0;
  }

  .markdown > :last-child {
    margin-block-end: 0;
  }

  .markdown :is(p, ul, ol, blockquote) {
    margin-block: 0 var(--pergola-space-medium);
    margin-inline: 0;
  }

  .markdown :is(p, li) {
    white-space: pre-line;
  }

  .markdown :is(ul, ol) {
    padding-inline-start: 1.4em;
  }

  .markdown li + li,
  .markdown li > :is(ul, ol, p) {
    margin-block: var(--pergola-space-tight) 0;
  }

  .markdown .task {
    list-style: none;
    text-indent: -1.2em;
  }

  .markdown :is(h3, h4, h5, h6) {
    margin-block: var(--pergola-space-normal) var(--pergola-space-small);
    font-size: var(--pergola-font-size-body);
    font-weight: var(--pergola-font-weight-strong);
    line-height: var(--pergola-font-line-control);
  }

  .markdown h3 {
    font-size: var(--pergola-font-size-lead);
  }

  .markdown a {
    color: var(--pergola-color-text-link);
    text-underline-offset: 0.2em;
  }

  .markdown .host {
    color: var(--pergola-color-text-quiet);
    font-size: var(--pergola-font-size-small);
  }

  .markdown blockquote {
    padding-inline-start: var(--pergola-space-medium);
    border-inline-start: 3px solid var(--pergola-color-border-default);
    color: var(--pergola-color-text-quiet);
  }

  .markdown hr {
    margin-block: var(--pergola-space-normal);
    border: 0;
    border-block-start: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
  }

  .markdown :is(code, pre) {
    font-family: var(--pergola-font-family-code);
    font-size: 0.9em;
  }

  .markdown code {
    padding: 0.1em 0.3em;
    border-radius: var(--pergola-radius-small);
    color: var(--pergola-code-text);
    background: var(--pergola-code-surface);
  }

  .markdown .code {
    margin-block-end: var(--pergola-space-medium);
    overflow: hidden;
    border: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    border-radius: var(--pergola-radius-control);
    background: var(--pergola-code-surface);
  }

  .markdown .code > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-inline: var(--pergola-space-medium) var(--pergola-space-tight);
    border-block-end: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    color: var(--pergola-color-text-quiet);
    font-size: var(--pergola-font-size-small);
  }

  .markdown pre {
    margin: 0;
    padding: var(--pergola-space-medium);
    overflow: auto;
    outline-offset: -2px;
    tab-size: 2;
  }

  .markdown pre code {
    padding: 0;
    background: none;
    font-size: var(--pergola-font-size-small);
  }

  .markdown .table {
    margin-block-end: var(--pergola-space-medium);
    overflow: auto;
    border: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    border-radius: var(--pergola-radius-control);
    outline-offset: -2px;
  }

  .markdown table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--pergola-font-size-small);
    overflow-wrap: normal;
  }

  .markdown :is(th, td) {
    padding: var(--pergola-space-tight) var(--pergola-space-small);
    border-block-end: var(--pergola-border-width-default) solid
      var(--pergola-color-border-default);
    text-align: start;
    vertical-align: top;
  }

  .markdown tr:last-child td {
    border-block-end: 0;
  }

  .markdown th {
    background: var(--pergola-table-head);
  }

  .markdown :is(th, td).end {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .markdown :is(th, td).center {
    text-align: center;
  }
`;
