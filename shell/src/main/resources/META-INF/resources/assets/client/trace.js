/**
 * A new `traceparent` (W3C Trace Context, version 00, sampled).
 * @returns {string}
 */
export function traceparent() {
  return `00-${hex(16)}-${hex(8)}-01`;
}

/** @param {number} bytes */
function hex(bytes) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) =>
    value.toString(16).padStart(2, "0"),
  ).join("");
}
