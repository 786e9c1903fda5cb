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
