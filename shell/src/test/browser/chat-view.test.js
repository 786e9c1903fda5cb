import { ChatView } from "/assets/shell/assistant/chat-view.js";
import { AgentConversation } from "@pergola/client/agents.js";
import { equal, test } from "./check.js";
import {
  AGENT,
  Portal,
  changed,
  finished,
  problem,
  says,
  until,
} from "./scripted-runs.js";

const check = (name, run) => test(import.meta.url, name, run);

const words = (word, values = {}) =>
  [word, ...Object.values(values)].join(" ").trim();

/** A view in the page that follows its conversation. */
async function shown(conversation) {
  await import("@pergola/design");
  const view = new ChatView(words, conversation, {}, "en");
  document.body.append(view.element);
  conversation.addEventListener("change", () => view.show());
  view.show();
  return view;
}

/** What a view says aloud from now on; an alarm with its sign. */
function heard({ element }) {
  const said = [];
  element.announce = (text, { assertive = false } = {}) =>
    text !== "" && said.push(assertive ? `! ${text}` : text);
  return said;
}

/** Buttons to go on with. */
const offers = ({ element }) => [
  ...element.querySelectorAll(":scope > div button, .pergola-message button"),
];

check("offers to read on, and not to ask again", async () => {
  const portal = new Portal(says("1", "One"), problem(401, "about:blank"));
  const conversation = new AgentConversation(AGENT, portal);
  const view = await shown(conversation);
  conversation.send("hello");
  while (conversation.data.run.away !== "left") {
    await changed(conversation);
  }
  const [readOn, ...others] = offers(view);
  equal([readOn.textContent, others], ["readOn", []]);
  equal(readOn.parentElement.textContent, "left noreadOn");
  portal.runs = [[{}, {}, {}, finished()]];
  readOn.click();
  equal(readOn.isConnected, false);
  await until(conversation, "idle");
  equal(view.element.textContent.includes("left"), false);
  view.element.remove();
});

const queued = (position) => ({
  ...{ type: "CUSTOM", name: "pergola.queue", value: { position } },
});

check("says the place in the queue, and that reading was given up", async () => {
  const portal = new Portal(
    [{ type: "RUN_STARTED" }, queued(3), queued(3), queued(2)],
    problem(503, "/problems/runs-unavailable"),
    problem(401, "about:blank"),
  );
  const conversation = new AgentConversation(AGENT, portal);
  const view = await shown(conversation);
  const said = heard(view);
  conversation.send("hello");
  while (conversation.data.run?.away !== "left") {
    await changed(conversation);
  }
  await view.element.updateComplete;
  equal(said, [
    ...["queued 3", "queued 2", "reconnecting", "refusedForNow no", "left no"],
  ]);
  conversation.close();
  view.element.remove();
});

check("says why an answer did not come although another is coming", async () => {
  const portal = new Portal(
    [{ type: "RUN_ERROR", message: "broken" }],
    [...says("2", "Two"), finished()],
  );
  const conversation = new AgentConversation(AGENT, portal);
  const view = await shown(conversation);
  const said = heard(view);
  conversation.send("one");
  conversation.send("two");
  await until(conversation, "idle");
  await view.element.updateComplete;
  equal(said, ["! failed broken"]);
  const again = await shown(conversation);
  const told = heard(again);
  await again.element.updateComplete;
  equal(told, [], "what was there already");
  view.element.remove();
  again.element.remove();
});
