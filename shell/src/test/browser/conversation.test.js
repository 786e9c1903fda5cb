import {
  AgentConversation,
  decisionsOf,
  keepConversation,
} from "@pergola/client/agents.js";
import { AgentController } from "@pergola/client/lit.js";
import { LitElement, html } from "lit";
import { equal, test } from "./check.js";
import {
  AGENT,
  Portal,
  finished,
  problem,
  says,
  shape,
  until,
} from "./scripted-runs.js";

const check = (name, run) => test(import.meta.url, name, run);

const step = {
  ...{ type: "TOOL_CALL_START", toolCallId: "t", toolCallName: "note_deal" },
};
const interrupt = {
  ...{ id: "i1", reason: "tool_call", toolCallId: "t" },
  responseSchema: {
    type: "object",
    properties: { decision: { enum: ["refuse", "once", "always"] } },
  },
};
const asks = (...interrupts) => finished({ type: "interrupt", interrupts });

check("tells the agent what the page shows", async () => {
  const portal = new Portal([finished()]);
  const context = [{ description: "deal", value: "d-1" }];
  const { fetch } = portal;
  const conversation = new AgentConversation(AGENT, { fetch, context });
  conversation.send("hello");
  await until(conversation, "idle");
  equal(portal.posts[0].body.context, context);
});

check("sends what waited after the answer it waited for", async () => {
  const portal = new Portal(
    [...says("1", "One"), finished()],
    [...says("2", "Two"), finished()],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("first");
  conversation.send("second");
  await until(conversation, "idle");
  equal(shape(conversation), [
    ["user", "first", "done"],
    ["assistant", "One", "done"],
    ["user", "second", "done"],
    ["assistant", "Two", "done"],
  ]);
  equal(
    portal.posts[1].body.messages.map(({ content }) => content),
    ["first", "One", "second"],
  );
  equal(portal.posts[0].body.threadId, portal.posts[1].body.threadId);
});

check("goes on with the person's decision", async () => {
  const portal = new Portal(
    [step, asks(interrupt)],
    [
      { type: "TOOL_CALL_RESULT", toolCallId: "t", content: "noted" },
      ...says("1", "Done"),
      finished(),
    ],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("note it");
  await until(conversation, "asking");
  conversation.send("and then?");
  equal(portal.posts.length, 1, "waits for the decision");
  portal.runs.push([...says("2", "Then"), finished()]);
  conversation.answer("i1", "once");
  await until(conversation, "idle");
  equal(portal.posts[1].body.resume, [
    {
      interruptId: "i1",
      status: "resolved",
      payload: { decision: "once" },
    },
  ]);
  equal(portal.posts[2].body.resume, undefined);
  equal(shape(conversation), [
    ["user", "note it", "done"],
    ["tool", "note_deal", "done"],
    ["assistant", "Done", "done"],
    ["user", "and then?", "done"],
    ["assistant", "Then", "done"],
  ]);
});

check("keeps a refusal a refusal", async () => {
  const portal = new Portal(
    [step, asks(interrupt)],
    [
      { type: "TOOL_CALL_RESULT", toolCallId: "t", content: "refused" },
      finished(),
    ],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("note it");
  await until(conversation, "asking");
  conversation.answer("i1", "refuse");
  await until(conversation, "idle");
  equal(shape(conversation)[1], ["tool", "note_deal", "refused"]);
});

check("answers several interrupts in one run", async () => {
  const other = { ...interrupt, id: "i2", toolCallId: "u" };
  const portal = new Portal([asks(interrupt, other)], [finished()]);
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("both");
  await until(conversation, "asking");
  conversation.answer("i2", "always");
  equal(portal.posts.length, 1);
  conversation.answer("i1", "refuse");
  await until(conversation, "idle");
  equal(
    portal.posts[1].body.resume.map(({ interruptId, payload }) => [
      interruptId,
      payload.decision,
    ]),
    [
      ["i1", "refuse"],
      ["i2", "always"],
    ],
  );
});

check("takes the person's words for an answer that is asked for", async () => {
  const question = {
    ...{ id: "q", reason: "input_required", message: "Which year?" },
    responseSchema: {
      type: "object",
      properties: { year: { type: "string" } },
    },
  };
  const portal = new Portal([asks(question)], [finished()]);
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("report");
  await until(conversation, "asking");
  conversation.send("2026");
  await until(conversation, "idle");
  equal(portal.posts[1].body.resume[0].payload, { year: "2026" });
  equal(shape(conversation).slice(1), [
    ["question", "Which year?", "done"],
    ["user", "2026", "done"],
  ]);
});

check("asks again when an answer did not arrive", async () => {
  const portal = new Portal(
    [step, asks(interrupt)],
    problem(422, "/problems/resume"),
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("note it");
  await until(conversation, "asking");
  conversation.answer("i1", "once");
  await until(conversation, "asking");
  equal(shape(conversation)[1], ["tool", "note_deal", "waiting"]);
  equal(conversation.interrupts[0].answer, undefined);
});

check("closes what can be answered no more, and goes on", async () => {
  const portal = new Portal(
    [step, asks(interrupt)],
    problem(422, "/problems/interrupt-expired"),
    new Response(JSON.stringify({ interrupts: [] })),
    [...says("1", "One"), finished()],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("note it");
  await until(conversation, "asking");
  conversation.answer("i1", "once");
  await until(conversation, "idle");
  equal(shape(conversation)[1], ["tool", "note_deal", "stopped"]);
  conversation.send("go on");
  await until(conversation, "idle");
  equal(shape(conversation).at(-1), ["assistant", "One", "done"]);
});

check("tells of text once, also of the first after a wait", async () => {
  const queued = { type: "CUSTOM", name: "pergola.queue", value: { position: 1 } };
  const portal = new Portal([
    { type: "TEXT_MESSAGE_START", messageId: "1" },
    queued,
    ...says("1", "Two").slice(1),
    finished(),
  ]);
  const conversation = new AgentConversation(AGENT, portal);
  const told = [];
  let shown = "";
  conversation.addEventListener("append", ({ detail }) => {
    shown += detail.delta;
    told.push(detail.delta);
  });
  conversation.addEventListener("change", () => {
    shown = conversation.items.at(-1)?.text ?? "";
  });
  conversation.send("one");
  while (conversation.status !== "idle") {
    await new Promise((resolve) =>
      conversation.addEventListener("change", resolve, { once: true }),
    );
    equal(shown, conversation.items.at(-1)?.text ?? "");
  }
  equal(told, []);
});

check("tells of no change where nothing changed", async () => {
  const thought = { type: "REASONING_MESSAGE_CONTENT", delta: "Hm" };
  const other = { type: "CUSTOM", name: "else" };
  const portal = new Portal([
    { type: "RUN_STARTED" },
    ...Array(50).fill(thought),
    other,
    ...says("1", "One"),
    finished(),
  ]);
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  let changes = 0;
  conversation.addEventListener("change", () => (changes += 1));
  await until(conversation, "idle");
  // The message begins and ends, the run ends, and reading does.
  equal(changes <= 4, true, `${changes} changes`);
});

check("learns from the portal what another tab left open", async () => {
  const portal = new Portal(
    problem(409, "/problems/interrupt-open"),
    new Response(JSON.stringify({ interrupts: [interrupt] })),
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("go on");
  await until(conversation, "asking");
  equal(portal.posts[1].path, `/agents/threads/${conversation.data.id}`);
  equal(conversation.interrupts[0].id, "i1");
});

check("says of a refusal what to name when asking for help", async () => {
  const refusal = { type: "/problems/forbidden", detail: "no", traceId: "7f" };
  const headers = { "content-type": "application/problem+json" };
  const portal = new Portal(
    new Response(JSON.stringify(refusal), { status: 403, headers }),
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  await until(conversation, "idle");
  const { text, code, traceId } = conversation.items.at(-1);
  equal([text, code, traceId], ["no", "/problems/forbidden", "7f"]);
});

check("goes back to a message and says something else", async () => {
  const portal = new Portal(
    [...says("1", "One"), finished()],
    [...says("2", "Two"), finished()],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("frist");
  await until(conversation, "idle");
  conversation.edit(conversation.items[0].id, "first");
  await until(conversation, "idle");
  equal(shape(conversation), [
    ["user", "first", "done"],
    ["assistant", "Two", "done"],
  ]);
  equal(portal.posts[1].body.messages.length, 1);
});

check("reads on where another page left it", async () => {
  const portal = new Portal([says("1", "One")[0], says("1", "One")[1]]);
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  while (conversation.items.at(-1)?.text !== "One") {
    await new Promise((resolve) =>
      conversation.addEventListener("append", resolve, { once: true }),
    );
  }
  conversation.close();
  const saved = JSON.parse(JSON.stringify(conversation.data));
  portal.runs = [[{}, {}, says("1", " two")[1], finished()]];
  const again = new AgentConversation(saved, portal);
  again.open();
  await until(again, "idle");
  equal(shape(again).at(-1), ["assistant", "One two", "done"]);
  const [first, second] = [portal.posts[0], portal.posts.at(-1)];
  equal(first.body, second.body);
});

check("finds in an answer's schema what can be decided", () => {
  const decide = (responseSchema) =>
    decisionsOf({ id: "i", reason: "tool_call", responseSchema });
  const object = (properties, required) => ({ properties, required });
  equal(decide(object({ approved: { type: "boolean" } })).refuse.payload, {
    approved: false,
  });
  const options = { enum: ["allow_always", "allow_once", "reject_once"] };
  const found = decide(object({ note: {}, option: options }, ["option"]));
  equal(
    ["refuse", "once", "always"].map((one) => found[one].payload.option),
    ["reject_once", "allow_once", "allow_always"],
  );
  const titled = {
    oneOf: [
      { const: "x1", title: "Always reject" },
      { const: "x2", title: "Allow" },
    ],
  };
  equal(decide(titled).refuse.payload, "x1");
  equal(decide(titled).once.payload, "x2");
  equal(decide(titled).always, undefined);
  equal(decide({ type: "string" }), null);
  const order = decide({
    oneOf: [
      { const: "y", title: "Yes, cancel the order" },
      { const: "n", title: "Keep it" },
    ],
  });
  equal(order.once.payload, "y");
  equal(order.refuse, { status: "cancelled" });
  equal(decide({ enum: ["cancel_order", "keep_order"] }), null);
  equal(decide({ enum: ["red", "blue"] }), null);
  equal(decide({ enum: ["allow", "do_not_allow"] }).refuse.payload, "do_not_allow");
  equal(decide(undefined).once.payload, { decision: "once" });
  equal(decisionsOf({ id: "i", reason: "input_required" }), null);
});

check("is found again under its name", async () => {
  sessionStorage.clear();
  const portal = new Portal([...says("1", "Kept"), finished()]);
  const first = keepConversation("deals", AGENT, portal);
  first.send("hello");
  await until(first, "idle");
  dispatchEvent(new Event("pagehide"));
  const second = keepConversation("deals", AGENT, portal);
  equal(shape(second), shape(first));
  equal(keepConversation("other", AGENT, portal).items, []);
  const another = { ...AGENT, id: "another" };
  equal(keepConversation("deals", another, portal).items, []);
  const next = { ...portal, subject: "next" };
  equal(keepConversation("deals", AGENT, next).items, []);
  sessionStorage.clear();
});

check("renders a Lit element as words arrive", async () => {
  const portal = new Portal([...says("1", "Hello"), finished()]);
  customElements.define(
    "test-answer",
    class extends LitElement {
      agent = new AgentController(this, {
        ...{ module: "m", agent: "a", fetch: portal.fetch },
      });

      render() {
        return html`${this.agent.items.map(({ text }) => text).join("|")}`;
      }
    },
  );
  const element = document.createElement("test-answer");
  document.body.append(element);
  await element.updateComplete;
  element.agent.send("hi");
  while (element.shadowRoot.textContent !== "hi|Hello") {
    await new Promise(requestAnimationFrame);
  }
  element.remove();
});
