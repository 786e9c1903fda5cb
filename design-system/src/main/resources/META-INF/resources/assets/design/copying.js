import { announce } from "./announcer.js";

/** How long a button shows what came of it. */
const SHOWN_MILLIS = 3000;

/** @typedef {{ copied: string, notCopied: string }} CopyWords */

/**
 * Copies a text, and says at the button that was pressed and to screen readers how it went.
 * @param {string} text
 * @param {HTMLElement} button what stands in it are elements: they give way for a moment
 * @param {CopyWords} words
 * @returns {Promise<boolean>} false when the browser refused, or gives no clipboard to this address
 */
export async function copy(text, button, { copied, notCopied }) {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    isCopied = false;
  }
  const said = isCopied ? copied : notCopied;
  announce(said, { assertive: !isCopied });
  show(button, said, isCopied ? "check" : "alert-circle");
  return isCopied;
}

/**
 * @param {HTMLElement} button
 * @param {string} said
 * @param {string} icon
 */
function show(button, said, icon) {
  const sign = document.createElement("pergola-icon");
  sign.setAttribute("name", icon);
  sign.setAttribute("size", "small");
  const outcome = document.createElement("span");
  outcome.className = "outcome";
  outcome.append(sign, said);
  button.querySelector(".outcome")?.remove();
  button.append(outcome);
  setTimeout(() => outcome.remove(), SHOWN_MILLIS);
}
