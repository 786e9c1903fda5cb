import * as React from "react";
import { useAgent } from "./client.js";
import { usePortal } from "./portal.js";

/** Agents of this module that can brief, best first. */
const AGENTS = ["deal-briefing", "deal-researcher"];

/** Why an agent did not even begin: another one may be able to. */
const UNABLE = new Set(["AGENT_UNKNOWN", "AGENT_START", "AGENT_UNAVAILABLE"]);

/**
 * What an agent says of a deal. The run goes on when the person leaves: who comes back in this tab reads on, or finds what was written.
 * @param {{ id: string, title: string }} deal
 * @param {string[]} offered ids of the agents this person may ask
 * @returns `run` is of the agent that was asked last, `null` before anybody was; `ask` asks the first agent that is able, `null` when there is none
 */
export function useBriefing({ id, title }, offered) {
  const { pergola } = usePortal();
  const { module, fetch, session } = pergola;
  const options = {
    ...{ module, fetch, subject: session.subject, keep: `briefing-${id}` },
    context: [{ description: "deal", value: id }],
  };
  const runs = AGENTS.map((agent) => ({ agent, ...useAgent({ ...options, agent }) }));
  const able = runs.filter(({ agent }) => offered.includes(agent));
  const [asked, setAsked] = useAsked(`deals-briefing-${session.subject}-${id}`);
  const ask = (run) => {
    setAsked({ agent: run.agent, before: run.items.at(-1)?.id });
    if (run.items.length > 0) {
      run.retry();
    } else {
      run.send(`Brief me on the deal ${title} (${id}).`);
    }
  };
  React.useEffect(() => {
    const at = able.findIndex(({ agent }) => agent === asked?.agent);
    const next = able[at + 1];
    if (at >= 0 && next !== undefined && isUnable(able[at]) && able[at].items.at(-1).id !== asked.before) {
      ask(next);
    }
  });
  const begun = [...able, ...runs].filter(({ items }) => items.length > 0);
  return {
    run:
      begun.find(({ agent }) => agent === asked?.agent) ??
      begun.find((run) => !isUnable(run)) ??
      begun.at(-1) ??
      null,
    ask: able.length > 0 ? () => ask(able[0]) : null,
  };
}

/**
 * Who was asked last, and the last thing that stood there before. Kept as the conversations are: the next is asked after a reload, too.
 * @param {string} key
 */
function useAsked(key) {
  const [asked, setAsked] = React.useState(() => JSON.parse(sessionStorage.getItem(key) ?? "null"));
  const keep = (next) => {
    setAsked(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch (error) {
      console.warn("briefing: who was asked is not kept", error);
    }
  };
  return [asked, keep];
}

function isUnable({ items }) {
  return UNABLE.has(items.at(-1)?.code ?? "");
}
