import { button, make } from "./dom.js";

/**
 * A modal dialog with one button for each answer; Escape gives the first.
 * @param {{ title: string, text: string }} question
 * @param {{ text: string, act: (dialog: HTMLDialogElement) => void, variant?: string }[]} answers
 * @returns {{ dialog: HTMLDialogElement, closed: Promise<string> }} `closed`: the dialog's return value, `""` after Escape
 */
export function openDialog({ title, text }, answers) {
  const dialog = make(
    "dialog",
    {
      class: "pergola-dialog",
      "aria-labelledby": "pergola-question",
      "aria-describedby": "pergola-question-text",
    },
    make("header", {}, make("h2", { id: "pergola-question" }, title)),
    make(
      "div",
      { class: "pergola-dialog-body" },
      make("p", { id: "pergola-question-text" }, text),
    ),
  );
  const actions = make("footer");
  for (const { text: label, act, variant } of answers) {
    actions.append(button(label, () => act(dialog), variant));
  }
  dialog.append(actions);
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, closed: /** @type {Promise<string>} */ (closed) };
}

/**
 * Asks a question; Escape answers no.
 * @param {{ title: string, text: string, yes: string, no: string }} question
 * @returns {Promise<boolean>}
 */
export async function ask({ yes, no, ...question }) {
  const { closed } = openDialog(question, [
    { text: no, act: (dialog) => dialog.close("no") },
    { text: yes, act: (dialog) => dialog.close("yes"), variant: "primary" },
  ]);
  return (await closed) === "yes";
}
