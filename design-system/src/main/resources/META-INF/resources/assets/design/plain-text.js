const BLOCK = /^(?:H[1-6]|BLOCKQUOTE|HR|DIV|UL|OL|TABLE)$/;

/**
 * What was written as markdown, as text without marks: a paragraph, item or row to a
 * line, cells apart by tabs. Heads of code blocks and their buttons are left out.
 * @param {Element} root
 * @returns {string}
 */
export function plainText(root) {
  return read(root).replace(/\n{3,}/g, "\n\n").trim();
}

/**
 * @param {Node} node
 * @returns {string}
 */
function read(node) {
  if (node instanceof Text) {
    return node.data;
  }
  if (!(node instanceof Element) || node.matches(".code > :first-child")) {
    return "";
  }
  const text = [...node.childNodes].map(read).join("");
  switch (node.tagName) {
    case "TD":
    case "TH":
      return node.nextElementSibling === null ? text : `${text}\t`;
    case "TR":
      return `\n${text}`;
    case "LI":
      return `\n${markOf(node)}${text.trim()}`;
    case "P":
    case "PRE":
      return `\n\n${text}\n\n`;
    default:
      return BLOCK.test(node.tagName) ? `\n${text}\n` : text;
  }
}

/** @param {Element} item */
function markOf(item) {
  const list = item.parentElement;
  if (item.classList.contains("task") || list === null) {
    return "";
  }
  const start = Number(list.getAttribute("start") ?? 1);
  const at = [...list.children].indexOf(item);
  return list.tagName === "OL" ? `${start + at}. ` : "- ";
}
