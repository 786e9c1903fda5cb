import { AnswerView } from "/assets/shell/assistant/answer-view.js";
import { ChatView } from "/assets/shell/assistant/chat-view.js";
import { HistoryView } from "/assets/shell/assistant/history-view.js";
import { StepView } from "/assets/shell/assistant/step-view.js";
import { AgentConversation } from "@pergola/client/agents.js";
import "@pergola/design";
import { equal, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);

const words = (word, values = {}) =>
  [word, ...Object.values(values)].join(" ").trim();

const step = (more) => ({
  ...{ id: "t", kind: "tool", text: "note_risk", status: "done", ...more },
});

function conversation(id, text) {
  const made = new AgentConversation({ module: "m", id: "a", title: "Scout" });
  made.data.id = id;
  made.items.push({ id: `${id}-u`, kind: "user", text, status: "done" });
  return made;
}

check("writes durations as the person's language does", () => {
  const view = new StepView(words, "de", () => {});
  view.update(step({ startedAt: 0, endedAt: 1234 }));
  equal(view.element.duration, "seconds 1,2");
});

check("says of a step that the person stopped that it was stopped", () => {
  const view = new StepView(words, "en", () => {});
  view.update(step({ status: "stopped" }));
  const { state, words: said } = view.element;
  equal([state, said[state]], ["stopped", "stopped"]);
});

check("says the day of a deadline that is not today", () => {
  const view = new StepView(words, "de", () => {});
  const about = { refuse: {}, once: {} };
  const until = (date) => {
    view.ask({ id: "i", reason: "", expiresAt: date.toISOString() }, about);
    return view.element.textContent;
  };
  const now = new Date();
  const time = { hour: "2-digit", minute: "2-digit" };
  equal(until(now), `until ${now.toLocaleTimeString("de", time)}`);
  const later = new Date(now.getTime() + 3 * 24 * 60 * 60 * 1000);
  equal(until(later).includes(`${later.getFullYear()}`), true, until(later));
});

check("goes on in an open block of code after the whole was restated", async () => {
  await import("@pergola/design");
  const view = new AnswerView(words, "Scout", "en", () => {});
  document.body.append(view.element);
  const item = { id: "1", kind: "assistant", status: "streaming" };
  view.update({ ...item, text: "```js\nlet a;\n" }, false);
  view.update({ ...item, text: "```js\nlet a;\n", status: "done" }, false);
  view.update({ ...item, text: "```js\nlet a;\nlet b;\n```" }, false);
  await view.element.updateComplete;
  const code = () => [...view.element.shadowRoot.querySelectorAll("pre")];
  while (!view.element.shadowRoot.textContent.includes("let b;")) {
    await new Promise(requestAnimationFrame);
  }
  equal(code().map((each) => each.querySelector("code").textContent.trim()), [
    "let a;\nlet b;",
  ]);
  view.element.remove();
});

check("leaves the focus in the history where it is", () => {
  const view = new HistoryView(words, {}, "en");
  const [one, two] = [conversation("1", "First"), conversation("2", "Second")];
  document.body.append(view.element);
  view.show([one, two], one);
  const edit = view.element.querySelector("[aria-label='rename Second']");
  edit.focus();
  two.data.title = "Harbor";
  view.show([two, one], two);
  equal(document.activeElement === edit, true);
  equal(edit.getAttribute("aria-label"), "rename Harbor");
  equal(
    [...view.element.querySelectorAll("li span")].map((each) => each.innerText),
    ["Harbor", "First"],
  );
  view.element.remove();
});

check("keeps a name that is being written while other rows change", () => {
  const named = [];
  const rename = (...values) => named.push(values);
  const view = new HistoryView(words, { rename }, "en");
  const one = conversation("1", "First");
  document.body.append(view.element);
  view.show([one], one);
  view.element.querySelector("[aria-label='rename First']").click();
  const field = view.element.querySelector("input");
  field.value = "Har";
  view.show([conversation("2", "Second"), one], one);
  equal(document.activeElement === field, true);
  field.form.requestSubmit();
  equal(named, [["1", "Har"]]);
  equal(document.activeElement.getAttribute("aria-label"), "rename First");
  view.element.remove();
});

check("takes the focus for a name where selecting text does not", () => {
  const view = new HistoryView(words, {}, "en");
  const one = conversation("1", "First");
  document.body.append(view.element);
  view.show([one], one);
  const { select } = HTMLInputElement.prototype;
  HTMLInputElement.prototype.select = function () {
    this.setSelectionRange(0, this.value.length);
  };
  view.element.querySelector("[aria-label='rename First']").click();
  HTMLInputElement.prototype.select = select;
  equal(document.activeElement === view.element.querySelector("input"), true);
  view.element.remove();
});

check("says that the portal could not be asked, and asks again", () => {
  let asked = 0;
  const view = new HistoryView(words, { refresh: () => (asked += 1) }, "en");
  document.body.append(view.element);
  view.show([], undefined, true);
  equal(view.element.innerText.includes("notListed"), true);
  equal(view.element.innerText.includes("noHistory"), false);
  view.element.querySelector("button").click();
  equal(asked, 1);
  view.element.querySelector("button").focus();
  const one = conversation("1", "First");
  view.show([one], one, false);
  equal(document.activeElement.innerText.includes("First"), true);
  view.element.remove();
});

check("keeps the way back of each that was deleted", () => {
  const restored = [];
  const remove = (id) => () => restored.push(id);
  const view = new HistoryView(words, { remove }, "en");
  const [one, two] = [conversation("1", "First"), conversation("2", "Second")];
  document.body.append(view.element);
  view.show([one, two], one);
  const press = (label) =>
    view.element.querySelector(`[aria-label='${label}']`).click();
  press("delete First");
  view.show([two], two);
  press("delete Second");
  view.show([], undefined);
  const undo = () =>
    [...view.element.querySelectorAll("button")].filter(
      ({ textContent }) => textContent === "undo",
    );
  equal(undo().length, 2);
  undo()[1].click();
  equal(restored, ["1"]);
  view.show([one], one);
  undo()[0].click();
  equal(restored, ["1", "2"]);
  view.element.remove();
});

const reply = (id, kind, more) => ({
  ...{ id, kind, text: id, status: "done", ...more },
});

/** Shows a conversation; `button` finds what can be pressed in it by its words. */
function chat(...items) {
  const made = conversation("c", "Which?");
  made.items.push(...items);
  const drafts = [];
  const act = { drafted: (text) => drafts.push(text) };
  const view = new ChatView(words, made, act, "en");
  document.body.append(view.element);
  view.show();
  const button = (text, inside = "") =>
    [...view.element.querySelectorAll(`${inside} button`)].find((one) =>
      one.textContent.includes(text),
    );
  return { made, view, drafts, button, end: () => view.element.remove() };
}

const FAILED = ".pergola-message.danger";

check("asks again where nothing came after the error, and nothing goes on", () => {
  const { made, view, button, end } = chat(reply("e", "error"));
  equal(button("retry", FAILED) !== undefined, true);
  made.data.run = { runId: "r", stopping: false };
  view.show();
  equal(button("retry", FAILED), undefined);
  made.data.run = null;
  made.items.push(reply("u2", "user"), reply("a2", "assistant"));
  view.show();
  equal(button("retry", FAILED), undefined);
  equal(button("retry") !== undefined, true);
  end();
});

check("leaves the focus in the conversation where it is", async () => {
  const { view, button, end } = chat(reply("a", "assistant"));
  await view.element.updateComplete;
  for (const text of ["edit", "retry"]) {
    const focused = button(text);
    focused.focus();
    view.show();
    equal(document.activeElement === focused, true, text);
  }
  end();
});

check("offers only what an agent lets be decided", async () => {
  const asking = reply("t", "tool", { status: "waiting" });
  const { made, view, end } = chat(asking);
  const schema = { type: "string", enum: ["always_allow", "reject"] };
  made.data.interrupts = [
    { id: "i", reason: "tool_call", toolCallId: "t", responseSchema: schema },
  ];
  view.show();
  const card = view.element.querySelector("pergola-tool-card");
  await card.updateComplete;
  equal(
    [...card.shadowRoot.querySelectorAll("button")].map((one) => one.innerText),
    ["refuse", "always"],
  );
  end();
});

check("tells what is written and not sent, and takes it up again", async () => {
  const { view, drafts, end } = chat();
  view.draft("Half");
  await view.element.updateComplete;
  const field = view.element.shadowRoot.querySelector("textarea");
  equal(field.value, "Half");
  const input = () =>
    field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  field.value = "Half of it";
  input();
  equal(drafts, ["Half of it"]);
  end();
});
