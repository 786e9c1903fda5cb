import { button, icon, make } from "./dom.js";
import { thePortal } from "./portal.js";

/**
 * What stands in a module's place when it cannot be shown: what happened, a
 * way to try again, and an id to name when asking for help.
 * @param {import("./target.js").Target | null} target
 * @param {import("./failure.js").ModuleFailure} failure
 * @param {{ title: string, id: string, retry: () => void }} place
 * @returns {HTMLElement}
 */
export function errorCard(target, failure, { title, id, retry }) {
  const { words, state } = thePortal();
  const seconds = Math.round(state.settings.loadMillis / 1000);
  const actions = make(
    "div",
    { class: "pergola-actions" },
    button(words("retry"), retry, "primary"),
  );
  if (state.reportUrl !== null && target !== null) {
    const report = button(words("report"), async () => {
      report.disabled = true;
      const { reportByPerson } = await import("./health/reports.js");
      const sent = await reportByPerson(target, failure, id);
      report.replaceWith(words(sent ? "reported" : "notReported"));
    });
    actions.append(report);
  }
  return make(
    "section",
    { class: "pergola-error-card", role: "alert" },
    icon("alert-triangle"),
    make("h2", {}, words("failed", { module: title })),
    make(
      "p",
      {},
      `${words(failure.reason, { seconds })} ${words("keepsWorking")}`,
    ),
    actions,
    make("p", { class: "pergola-quiet" }, words("errorId", { id })),
  );
}

/**
 * What stands in the place of a module that administrators switched off.
 * @param {string} title
 * @param {string | null} reason
 * @returns {HTMLElement}
 */
export function disabledCard(title, reason) {
  const { words } = thePortal();
  return make(
    "section",
    { class: "pergola-empty", role: "status" },
    icon("player-pause"),
    make("h2", {}, words("disabled", { module: title })),
    make("p", {}, reason ?? words("noReason")),
  );
}
