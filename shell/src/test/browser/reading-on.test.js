import { isFinal } from "/assets/client/agents/refusals.js";
import { ProblemError, createFetch } from "@pergola/client";
import { AgentConversation } from "@pergola/client/agents.js";
import { equal, test } from "./check.js";
import {
  AGENT,
  Portal,
  changed,
  finished,
  problem,
  says,
  shape,
  until,
} from "./scripted-runs.js";

const check = (name, run) => test(import.meta.url, name, run);

check("keeps a run that the portal does not tell of now, and reads on", async () => {
  const portal = new Portal(says("1", "One"), problem(401, "about:blank"));
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  await until(conversation, "away");
  while (conversation.data.run.away !== "left") {
    await changed(conversation);
  }
  conversation.retry();
  conversation.send("and then?");
  equal(portal.posts.length, 2, "asks for nothing anew");
  const [first, second] = portal.posts;
  equal(second.body, first.body);
  equal(shape(conversation).slice(1), [
    ["assistant", "One", "done"],
    ["user", "and then?", "waiting"],
  ]);
  portal.runs = [
    [{}, {}, {}, ...says("2", "Two"), finished()],
    [...says("3", "Three"), finished()],
  ];
  conversation.open();
  await until(conversation, "idle");
  equal(portal.posts[2].body, first.body);
  equal(
    shape(conversation).map(([, text]) => text),
    ["hello", "One", "Two", "and then?", "Three"],
  );
});

check("stops a run whose reading was given up", async () => {
  const portal = new Portal(says("1", "One"), problem(401, "about:blank"));
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  const left = async () => {
    while (conversation.data.run?.away !== "left") {
      await changed(conversation);
    }
  };
  await left();
  portal.runs = [new Response(null, { status: 202 }), problem(401, "a:b")];
  await conversation.stop();
  await left();
  equal(conversation.status, "away", "can be stopped again");
  portal.runs = [
    new Response(null, { status: 202 }),
    [{}, {}, {}, finished({ type: "cancelled" })],
  ];
  await conversation.stop();
  await until(conversation, "idle");
  equal(shape(conversation).at(-1), ["assistant", "One", "stopped"]);
});

check("takes a run for over only when the portal says so", () => {
  const [begun, posted] = [{ lastEventId: "1" }, { input: {} }];
  const over = (error, run) => isFinal(error, run);
  const refusal = (status) => new ProblemError(status);
  for (const error of [new TypeError("fetch"), ...[401, 503].map(refusal)]) {
    equal([over(error, begun), over(error, posted)], [false, false], error);
  }
  for (const error of [404, 410].map(refusal)) {
    equal([over(error, begun), over(error, posted)], [true, true], error);
  }
  for (const error of [403, 422].map(refusal)) {
    equal([over(error, begun), over(error, posted)], [false, true], error);
    equal(over(error, {}), false, "begun elsewhere");
  }
  equal(over(refusal(500), posted), true);
  const maybe = { ...posted, away: "lost" };
  equal(over(refusal(500), maybe), false, "may have begun");
});

check("tells of a budget that is spent, and of a portal that is full", async () => {
  const spent = { type: "/problems/agent-budget-spent", detail: "Spent." };
  const full = { type: "/problems/too-many-runs", detail: "Full." };
  const portal = new Portal(
    Response.json(spent, { status: 429, headers: { "retry-after": "40000" } }),
    Response.json(full, { status: 429 }),
    [...says("1", "One"), finished()],
  );
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  await until(conversation, "idle");
  equal(shape(conversation).at(-1), ["error", "Spent.", "failed"]);
  conversation.retry();
  await until(conversation, "away");
  const { away, refusal } = conversation.data.run;
  equal([away, refusal], ["refused", "Full."]);
  await until(conversation, "idle");
  equal(shape(conversation).at(-1), ["assistant", "One", "done"]);
});

/** A portal that answers a post and a stop when it is told to. */
class SlowPortal {
  #answers = new Map([["runs", []], ["cancel", []]]);
  asked = [];

  fetch = createFetch({
    fetch: async (url) => {
      const name = new URL(url).pathname.split("/").at(-1);
      this.asked.push(name);
      return new Promise((resolve) => this.#answers.get(name).push(resolve));
    },
  });

  async answer(name, response) {
    while (this.#answers.get(name).length === 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#answers.get(name).shift()(response);
  }
}

const events = (...told) =>
  new Response(
    told
      .map((event, at) => `id: ${at}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(""),
    { headers: { "content-type": "text/event-stream" } },
  );
const cancelled = finished({ type: "cancelled" });

check("stops again what another page wanted to stop", async () => {
  const portal = new SlowPortal();
  const saved = new AgentConversation(AGENT, portal).data;
  saved.items.push({ id: "u", kind: "user", text: "Go", status: "done" });
  saved.run = { runId: "r", input: {}, stopping: true };
  const conversation = new AgentConversation(saved, portal);
  conversation.open();
  await portal.answer("cancel", new Response(null, { status: 503 }));
  await until(conversation, "answering");
  void conversation.stop();
  await portal.answer("cancel", new Response(null, { status: 202 }));
  equal(portal.asked.filter((one) => one === "cancel").length, 2);
  await portal.answer("runs", events({ type: "RUN_STARTED" }, cancelled));
  await until(conversation, "idle");
});

check("stops a run that begins after it was stopped", async () => {
  const portal = new SlowPortal();
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("Go");
  const stopping = conversation.stop();
  await portal.answer("cancel", problem(404, "/problems/unknown-run"));
  await stopping;
  equal(conversation.status, "stopping");
  await portal.answer("runs", events({ type: "RUN_STARTED" }));
  await portal.answer("cancel", new Response(null, { status: 202 }));
  await portal.answer("runs", events({}, cancelled));
  await until(conversation, "idle");
  equal(shape(conversation).at(-1), ["assistant", "", "stopped"]);
});

check("keeps the run of a module that leaves", async () => {
  const portal = new Portal(new DOMException("left", "AbortError"));
  const conversation = new AgentConversation(AGENT, portal);
  conversation.send("hello");
  while (portal.posts.length === 0) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve));
  equal(shape(conversation), [["user", "hello", "done"]]);
  const saved = JSON.parse(JSON.stringify(conversation.data));
  const next = new Portal([...says("1", "One"), finished()]);
  const again = new AgentConversation(saved, next);
  again.open();
  await until(again, "idle");
  equal(next.posts[0].body.runId, portal.posts[0].body.runId);
  equal(shape(again).at(-1), ["assistant", "One", "done"]);
});
