import {
  applyEvent,
  historyOf,
  newConversation,
  restate,
  stepOf,
} from "@pergola/client/agents.js";
import { equal, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);
const text = (messageId, delta) => ({
  type: "TEXT_MESSAGE_CONTENT",
  messageId,
  delta,
});

function after(...events) {
  const conversation = newConversation({ module: "m", id: "a" });
  conversation.run = { runId: "r", input: {}, stopping: false };
  for (const event of events) {
    applyEvent(conversation, event);
  }
  return conversation;
}

const shape = ({ items }) =>
  items.map(({ kind, text: said, status }) => [kind, said, status]);

check("joins the pieces of an answer", () => {
  const conversation = after(
    { type: "RUN_STARTED" },
    { type: "TEXT_MESSAGE_START", messageId: "1" },
    text("1", "Hel"),
    text("1", "lo"),
    { type: "TEXT_MESSAGE_END", messageId: "1" },
    { type: "RUN_FINISHED", outcome: { type: "success" } },
  );
  equal(shape(conversation), [["assistant", "Hello", "done"]]);
  equal(conversation.run, null);
});

check("marks what was written so far as stopped", () => {
  const cancelled = { type: "RUN_FINISHED", outcome: { type: "cancelled" } };
  equal(shape(after(text("1", "Half"), cancelled)), [
    ["assistant", "Half", "stopped"],
  ]);
  equal(shape(after(cancelled)), [["assistant", "", "stopped"]]);
});

const says = (id, said, status = "done") => ({
  ...{ id, kind: "user", text: said, status },
});

/** A conversation in which a second message waits for the answer to the first. */
function waiting(...events) {
  const conversation = newConversation({ module: "m", id: "a" });
  conversation.items = [says("u", "One?"), says("w", "Two?", "waiting")];
  conversation.run = { runId: "r", input: {}, stopping: false };
  events.forEach((event) => applyEvent(conversation, event));
  return shape(conversation).slice(1);
}

const later = ["user", "Two?", "waiting"];

check("writes an answer above the messages that wait for it", () => {
  equal(
    waiting(text("1", "One"), {
      ...{ type: "TOOL_CALL_START", toolCallId: "t", toolCallName: "find" },
    }),
    [["assistant", "One", "streaming"], ["tool", "find", "streaming"], later],
  );
  equal(waiting(text("1", "Half"), { type: "RUN_ERROR", message: "no" }), [
    ["assistant", "Half", "failed"],
    ["error", "no", "failed"],
    later,
  ]);
  const messages = [
    { id: "u", role: "user", content: "One?" },
    { id: "v", role: "user", content: "From elsewhere" },
    { id: "1", role: "assistant", content: "One" },
  ];
  equal(waiting({ type: "MESSAGES_SNAPSHOT", messages }), [
    ["user", "From elsewhere", "done"],
    ["assistant", "One", "done"],
    later,
  ]);
});

check("marks the answer as stopped and not what waits for it", () => {
  const cancelled = { type: "RUN_FINISHED", outcome: { type: "cancelled" } };
  const ended = { type: "TEXT_MESSAGE_END", messageId: "1" };
  equal(waiting(text("1", "Half"), ended, cancelled), [
    ["assistant", "Half", "stopped"],
    later,
  ]);
  equal(waiting(cancelled), [["assistant", "", "stopped"], later]);
});

check("keeps a partial answer beside the reason it ended", () => {
  const error = { type: "RUN_ERROR", message: "no", code: "AGENT_EXIT" };
  const failed = after(text("1", "Half"), error);
  equal(shape(failed), [
    ["assistant", "Half", "failed"],
    ["error", "no", "failed"],
  ]);
  equal(failed.items[1].code, "AGENT_EXIT");
});

check("goes on after the whole was restated", () => {
  const conversation = after(
    text("1", "Hel"),
    { type: "RUN_STARTED" },
    {
      type: "MESSAGES_SNAPSHOT",
      messages: [{ id: "1", role: "assistant", content: "Hello" }],
    },
  );
  // It is not closed meanwhile: what comes next may be in the middle of a block.
  equal(shape(conversation), [["assistant", "Hello", "streaming"]]);
  applyEvent(conversation, { type: "TEXT_MESSAGE_START", messageId: "1" });
  applyEvent(conversation, text("1", "!"));
  equal(shape(conversation), [["assistant", "Hello!", "streaming"]]);
});

check("closes what was written before the last message of a snapshot", () => {
  const message = (id, content) => ({ id, role: "assistant", content });
  const conversation = after(text("1", "On"), {
    type: "MESSAGES_SNAPSHOT",
    messages: [message("1", "One"), message("2", "Two")],
  });
  equal(shape(conversation), [
    ["assistant", "One", "done"],
    ["assistant", "Two", "done"],
  ]);
});

check("shows the use of a tool", () => {
  const { items } = after(
    { type: "TOOL_CALL_START", toolCallId: "t", toolCallName: "search" },
    { type: "TOOL_CALL_ARGS", toolCallId: "t", delta: '{"q"' },
    { type: "TOOL_CALL_ARGS", toolCallId: "t", delta: ":1}" },
    { type: "TOOL_CALL_END", toolCallId: "t" },
    { type: "TOOL_CALL_RESULT", toolCallId: "t", content: "found" },
  );
  const [{ kind, text: name, args, result, status }] = items;
  equal([kind, name, args], ["tool", "search", '{"q":1}']);
  equal([result, status], ["found", "done"]);
});

check("lets a step wait for the person", () => {
  const interrupt = { id: "i", reason: "tool_call", toolCallId: "t" };
  const conversation = after(
    { type: "TOOL_CALL_START", toolCallId: "t", toolCallName: "note" },
    { type: "TOOL_CALL_ARGS", toolCallId: "t", delta: '{"id":1}' },
    {
      type: "RUN_FINISHED",
      outcome: { type: "interrupt", interrupts: [interrupt] },
    },
  );
  equal(shape(conversation), [["tool", "note", "waiting"]]);
  equal(conversation.interrupts, [interrupt]);
  equal(conversation.run, null);
  equal(historyOf(conversation), [
    {
      id: "t-call",
      role: "assistant",
      toolCalls: [
        {
          id: "t",
          type: "function",
          function: { name: "note", arguments: '{"id":1}' },
        },
      ],
    },
  ]);
});

check("asks a question that belongs to no step", () => {
  const interrupts = [{ id: "i", reason: "input", message: "Which year?" }];
  const finished = {
    type: "RUN_FINISHED",
    outcome: { type: "interrupt", interrupts },
  };
  equal(shape(after(finished)), [["question", "Which year?", "waiting"]]);
});

check("knows its place in the queue until the work begins", () => {
  const queued = (position) => ({
    ...{ type: "CUSTOM", name: "pergola.queue", value: { position } },
  });
  const waiting = after({ type: "RUN_STARTED" }, queued(3), queued(2));
  equal(waiting.run.queued, 2);
  applyEvent(waiting, { type: "TEXT_MESSAGE_START", messageId: "1" });
  equal(waiting.run.queued, undefined);
  equal(after(queued(1), queued(0)).run.queued, undefined);
});

const step = (toolCallId, args, content) => [
  { type: "TOOL_CALL_START", toolCallId, toolCallName: "find" },
  { type: "TOOL_CALL_ARGS", toolCallId, delta: args },
  { type: "TOOL_CALL_RESULT", toolCallId, content },
];
const asks = (toolCallId) => {
  const interrupt = { id: "i", reason: "tool_call", message: "May I?" };
  const interrupts = [{ ...interrupt, toolCallId }];
  return { type: "RUN_FINISHED", outcome: { type: "interrupt", interrupts } };
};

/** A conversation whose agent gives the same names in each of two runs. */
function twice(events) {
  const conversation = after(...events("1"));
  conversation.items.forEach((item) => Object.assign(item, { status: "done" }));
  conversation.items.push(says("u", "Again"));
  conversation.run = { runId: "s", input: {}, stopping: false };
  events("2").forEach((event) => applyEvent(conversation, event));
  return conversation;
}

const told = ({ items }) =>
  items.map(({ kind, text: said, args, result }) =>
    [kind, said, args, result].filter(Boolean).join(" "),
  );

check("takes what an agent names again for something new", () => {
  const conversation = twice((at) => [
    ...step("t", `{"q":${at}}`, at),
    text("m", `Answer ${at}`),
  ]);
  equal(told(conversation), [
    ...['tool find {"q":1} 1', "assistant Answer 1", "user Again"],
    ...['tool find {"q":2} 2', "assistant Answer 2"],
  ]);
  equal(new Set(conversation.items.map(({ id }) => id)).size, 5);
  const results = historyOf(conversation).filter(({ role }) => role === "tool");
  equal(new Set(results.map(({ toolCallId }) => toolCallId)).size, 2);
});

check("asks again under the same name", () => {
  const asked = twice(() => [asks()]);
  equal(told(asked), ["question May I?", "user Again", "question May I?"]);
  const { items, interrupts } = asked;
  equal(stepOf(items, interrupts[0]) === items[2], true);
});

check("calls a step that waits as the agent does", () => {
  const conversation = twice((at) => [
    ...step("t", "{}", at).slice(0, at === "1" ? 3 : 2),
    ...(at === "1" ? [] : [asks("t")]),
  ]);
  const { items, interrupts } = conversation;
  equal(stepOf(items, interrupts[0]) === items[2], true);
  equal(historyOf(conversation).at(-1).toolCalls[0].id, "t");
});

check("goes on with a step, also after the person said something to it", () => {
  const conversation = after(step("t", "{}", "")[0], asks("t"));
  conversation.items[0].status = "streaming";
  conversation.items.push(says("u", "2026"));
  conversation.run = { runId: "s", input: {}, stopping: false };
  applyEvent(conversation, step("t", "", "noted")[2]);
  equal(told(conversation), ["tool find noted", "user 2026"]);
});

check("tells apart in a snapshot what an agent names again", () => {
  const call = (args) => ({
    role: "assistant",
    toolCalls: [{ id: "t", function: { name: "find", arguments: args } }],
  });
  const result = (content) => ({ role: "tool", toolCallId: "t", content });
  const messages = [
    ...[call("1"), result("one"), { id: "u", role: "user", content: "Again" }],
    ...[call("2"), result("two")],
  ];
  const expected = ["tool find 1 one", "user Again", "tool find 2 two"];
  const items = [];
  restate(items, messages);
  equal(told({ items }), expected);
  restate(items, messages);
  equal(told({ items }), expected);
});

check("says what a run used, all models together", () => {
  const [{ usage }] = after(text("1", "Hi"), {
    type: "RUN_FINISHED",
    usage: [
      { model: "a", inputTokens: 10, outputTokens: 2 },
      { model: "b", inputTokens: 5 },
    ],
  }).items;
  equal(usage, { inputTokens: 15, outputTokens: 2 });
});

check("adds what a run used to the answer it went on with, and to no other", () => {
  const ends = (inputTokens) => ({
    ...{ type: "RUN_FINISHED", usage: [{ inputTokens, outputTokens: 1 }] },
  });
  const conversation = after(text("1", "Hi"), ends(10));
  conversation.run = { runId: "resumed", stopping: false };
  applyEvent(conversation, ends(5));
  const [answer] = conversation.items;
  equal(answer.usage, { inputTokens: 15, outputTokens: 2 });
  conversation.items.push({
    ...{ id: "u", kind: "user", text: "And?", status: "done" },
  });
  conversation.run = { runId: "next", stopping: false };
  applyEvent(conversation, ends(7));
  equal(answer.usage, { inputTokens: 15, outputTokens: 2 });
});

check("keeps what was refused and what was stopped in a snapshot", () => {
  const conversation = newConversation({ module: "m", id: "a" });
  conversation.items = [
    { id: "t", kind: "tool", text: "note", status: "refused" },
    { id: "1", kind: "assistant", text: "Half", status: "stopped" },
  ];
  const messages = [
    { id: "r", role: "tool", toolCallId: "t", content: "refused" },
    { id: "1", role: "assistant", content: "Half" },
    { id: "2", role: "assistant", content: "Whole" },
  ];
  applyEvent(conversation, { type: "MESSAGES_SNAPSHOT", messages });
  equal(shape(conversation), [
    ["tool", "note", "refused"],
    ["assistant", "Half", "stopped"],
    ["assistant", "Whole", "done"],
  ]);
});

check("takes steps and messages from a snapshot", () => {
  const call = { name: "find", arguments: "{}" };
  const messages = [
    { id: "u", role: "user", content: [{ type: "text", text: "Hello" }] },
    { id: "c", role: "assistant", toolCalls: [{ id: "t", function: call }] },
    { id: "r", role: "tool", toolCallId: "t", content: "2" },
    { id: "1", role: "assistant", content: "Two" },
  ];
  const conversation = after(
    { type: "RUN_STARTED" },
    { type: "MESSAGES_SNAPSHOT", messages },
  );
  equal(shape(conversation), [
    ["user", "Hello", "done"],
    ["tool", "find", "done"],
    ["assistant", "Two", "done"],
  ]);
  equal(conversation.items[1].result, "2");
});

check("tells a remembered answer anew when its run is told again", () => {
  const conversation = newConversation({ module: "m", id: "a" });
  conversation.run = { runId: "r", stopping: false };
  conversation.items = [
    { id: "1", kind: "assistant", text: "Hel", status: "done", restored: true },
  ];
  applyEvent(conversation, { type: "TEXT_MESSAGE_START", messageId: "1" });
  applyEvent(conversation, text("1", "Hello"));
  equal(shape(conversation), [["assistant", "Hello", "streaming"]]);
});

check("leaves events it does not know alone", () => {
  equal(shape(after({ type: "CUSTOM", name: "x" }, { type: "toString" })), []);
});

check("gives agents finished messages only", () => {
  const conversation = after(text("1", "Hi"));
  conversation.items.unshift({
    ...{ id: "0", kind: "user", text: "Hello", status: "done" },
  });
  conversation.items.push({
    ...{ id: "2", kind: "user", text: "Later", status: "waiting" },
  });
  equal(historyOf(conversation), [
    { id: "0", role: "user", content: "Hello" },
    { id: "1", role: "assistant", content: "Hi" },
  ]);
});

check("cuts and leaves out old steps that are too much for a request", () => {
  const conversation = newConversation({ module: "m", id: "a" });
  conversation.items = ["old", "cut", "new"].map((id) => ({
    ...{ id, kind: "tool", text: "read", status: "done", args: "{}" },
    result: (id === "cut" ? "a" : "") + "😀".repeat(150_000),
  }));
  conversation.items.unshift({
    ...{ id: "0", kind: "user", text: "Hello", status: "done" },
  });
  const history = historyOf(conversation);
  equal(
    history.map(({ id }) => id),
    ["0", "cut-call", "cut-result", "new-call", "new-result"],
  );
  equal(history[4].content.length, 300_000);
  const { content } = history[2];
  equal([content.length < 100_010, content.endsWith("😀 […]")], [true, true]);
});
