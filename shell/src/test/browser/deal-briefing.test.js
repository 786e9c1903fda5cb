import { createElement, createRoot } from "react";
import { useBriefing } from "/samples/deals/briefings.js";
import { loadClient } from "/samples/deals/client.js";
import { Portal as PortalContext } from "/samples/deals/portal.js";
import { equal, test } from "./check.js";
import { Portal, finished, says } from "./scripted-runs.js";

await loadClient();

/** Each test has a deal of its own. */
const check = (name, run) =>
  test(import.meta.url, name, async () => {
    await run({ id: crypto.randomUUID(), title: "Harbor" });
    sessionStorage.clear();
  });

const [FIRST, SECOND] = ["deal-briefing", "deal-researcher"];

const unable = { type: "RUN_ERROR", code: "AGENT_START", message: "Away" };

/** Shows the briefing of a deal to somebody who is offered these agents. */
function show(portal, deal, ...offered) {
  const pergola = {
    ...{ module: "deals", fetch: portal.fetch, locale: "en" },
    session: { subject: "ada" },
  };
  const shown = {};
  function Briefing({ agents }) {
    shown.briefing = useBriefing(deal, agents);
    return null;
  }
  const root = createRoot(document.createElement("div"));
  const offer = (...agents) => {
    const briefing = createElement(Briefing, { agents });
    root.render(
      createElement(PortalContext.Provider, { value: pergola }, briefing),
    );
  };
  offer(...offered);
  return { shown, offer, end: () => root.unmount() };
}

const said = ({ briefing }) => [
  briefing?.run?.agent,
  briefing?.run?.status,
  briefing?.run?.items.at(-1)?.text,
];

/** Waits for it, and fails with what there is when that takes too long. */
async function until(actual, expected) {
  const end = performance.now() + 3000;
  const is = () => JSON.stringify(actual()) === JSON.stringify(expected);
  while (!is() && performance.now() < end) {
    await new Promise(requestAnimationFrame);
  }
  equal(actual(), expected);
}

const mayAsk = ({ briefing }) => typeof briefing?.ask === "function";

check("asks the next agent when one cannot begin", async (deal) => {
  const portal = new Portal([unable], [...says("1", "Two"), finished()]);
  const { shown, end } = show(portal, deal, FIRST, SECOND);
  await until(() => mayAsk(shown), true);
  shown.briefing.ask();
  await until(() => said(shown), [SECOND, "idle", "Two"]);
  end();
});

check("asks the next agent when one cannot begin after a reload", async (deal) => {
  const portal = new Portal([{ type: "RUN_STARTED" }]);
  const first = show(portal, deal, FIRST, SECOND);
  await until(() => mayAsk(first.shown), true);
  first.shown.briefing.ask();
  await until(() => portal.posts.length, 1);
  first.end();
  dispatchEvent(new Event("pagehide"));
  portal.runs = [
    [{}, {}, unable],
    [...says("1", "Two"), finished()],
  ];
  const second = show(portal, deal);
  await until(() => second.shown.briefing !== undefined, true);
  second.offer(FIRST, SECOND);
  await until(() => said(second.shown), [SECOND, "idle", "Two"]);
  second.end();
});

check("shows who was asked last, also when others are offered now", async (deal) => {
  const portal = new Portal(
    [...says("1", "One"), finished()],
    [...says("2", "Two"), finished()],
  );
  const { shown, offer, end } = show(portal, deal, FIRST);
  await until(() => mayAsk(shown), true);
  shown.briefing.ask();
  await until(() => said(shown), [FIRST, "idle", "One"]);
  const { ask } = shown.briefing;
  offer(SECOND);
  await until(() => shown.briefing.ask !== ask, true);
  shown.briefing.ask();
  await until(() => said(shown), [SECOND, "idle", "Two"]);
  end();
});
