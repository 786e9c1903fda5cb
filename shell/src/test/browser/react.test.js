import { createUseAgent } from "@pergola/client/hook.js";
import { useAgent } from "@pergola/client/react.js";
import * as React from "react";
import { createElement, createRoot } from "react";
import { equal, test } from "./check.js";
import { Portal, finished, problem, says } from "./scripted-runs.js";

const check = (name, run) => test(import.meta.url, name, run);

/** Shows a component and gives what its hook returned last. */
function show(options, hook = useAgent) {
  const shown = { renders: 0 };
  const root = createRoot(document.createElement("div"));
  root.render(
    createElement(() => {
      shown.agent = hook(options);
      shown.renders += 1;
      return null;
    }),
  );
  return { shown, end: () => root.unmount() };
}

async function until(isTrue) {
  while (!isTrue()) {
    await new Promise(requestAnimationFrame);
  }
}

check("renders a React component as words arrive", async () => {
  const words = Array(300).fill(says("1", "word ")[1]);
  const portal = new Portal([...words, finished()]);
  const options = { module: "m", agent: "a", fetch: portal.fetch };
  const { shown, end } = show(options);
  await until(() => shown.agent !== undefined);
  shown.agent.send("hi");
  await until(
    () => shown.agent.status === "idle" && shown.agent.items.length === 2,
  );
  equal(
    shown.agent.items.map(({ text }) => text.length),
    [2, 1500],
  );
  equal(shown.renders < 100, true, `once a frame, not ${shown.renders} times`);
  end();
});

check("gives the hook to a React that the page brings along", async () => {
  const portal = new Portal([...says("1", "Hello"), finished()]);
  const options = { module: "m", agent: "a", fetch: portal.fetch };
  const { shown, end } = show(options, createUseAgent(React));
  await until(() => shown.agent !== undefined);
  shown.agent.send("hi");
  await until(() => shown.agent.items.at(-1)?.text === "Hello");
  end();
});

check("stops reading with the component and finds it again", async () => {
  sessionStorage.clear();
  const portal = new Portal(says("1", "One").slice(0, 2));
  const options = {
    ...{ module: "m", agent: "a", fetch: portal.fetch, keep: "react" },
  };
  const first = show(options);
  await until(() => first.shown.agent !== undefined);
  first.shown.agent.send("hi");
  await until(() => first.shown.agent.items.at(-1)?.text === "One");
  first.end();
  dispatchEvent(new Event("pagehide"));
  portal.runs = [[{}, {}, says("1", " two")[1], finished()]];
  const second = show(options);
  await until(() => second.shown.agent?.status === "idle");
  equal(second.shown.agent.items.at(-1).text, "One two");
  equal(portal.posts.at(-1).body.runId, portal.posts[0].body.runId);
  second.end();
  sessionStorage.clear();
});

check("reads on what was left", async () => {
  const portal = new Portal(problem(401, "about:blank"));
  const options = { module: "m", agent: "a", fetch: portal.fetch };
  const { shown, end } = show(options);
  await until(() => shown.agent !== undefined);
  shown.agent.send("hi");
  await until(() => shown.agent.away === "left");
  equal([shown.agent.status, shown.agent.refusal], ["away", "no"]);
  portal.runs = [[...says("1", "Hello"), finished()]];
  shown.agent.open();
  await until(() => shown.agent.status === "idle");
  equal(shown.agent.items.at(-1).text, "Hello");
  equal(portal.posts[1].body.runId, portal.posts[0].body.runId);
  end();
});
