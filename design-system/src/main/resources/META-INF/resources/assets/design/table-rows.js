/**
 * @typedef {object} TableColumn
 * @property {string} key property of the row
 * @property {string} label
 * @property {"text" | "number" | "date" | "status"} [type] how values sort and stand; text by default
 * @property {boolean} [fixed] whether it cannot be sorted
 * @property {(value: any, row: any) => unknown} [format] text, or a lit template, to show
 * @property {(row: any) => string | undefined} [href] page of the row
 * @property {(row: any) => string} [status] type of `pergola-status`, for that type of column
 */

/**
 * Rows that hold every word in a cell, in any order.
 * @param {readonly any[]} rows
 * @param {readonly TableColumn[]} columns
 * @param {string} text
 */
export function filterRows(rows, columns, text) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [...rows];
  }
  return rows.filter((row) => {
    const cells = columns.map((column) => String(shown(column, row) ?? "")).join("\n").toLocaleLowerCase();
    return words.every((word) => cells.includes(word));
  });
}

/**
 * A sorted copy; rows without a value stand last either way.
 * @param {readonly any[]} rows
 * @param {TableColumn} column
 * @param {boolean} isDescending
 * @param {string} locale
 */
export function sortRows(rows, column, isDescending, locale) {
  const collator = new Intl.Collator(locale || undefined, { numeric: true, sensitivity: "base" });
  const compare = (/** @type {any} */ a, /** @type {any} */ b) => {
    switch (column.type) {
      case "number":
        return a - b;
      case "date":
        return new Date(a).getTime() - new Date(b).getTime();
      default:
        return collator.compare(String(a), String(b));
    }
  };
  return [...rows].sort((left, right) => {
    const a = left[column.key] ?? "";
    const b = right[column.key] ?? "";
    if (a === "" || b === "") {
      return a === b ? 0 : a === "" ? 1 : -1;
    }
    return isDescending ? compare(b, a) : compare(a, b);
  });
}

/**
 * @param {TableColumn} column
 * @param {any} row
 */
function shown(column, row) {
  const value = row[column.key];
  const formatted = column.format?.(value, row);
  return typeof formatted === "string" || typeof formatted === "number" ? formatted : value;
}
