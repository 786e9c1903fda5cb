import * as React from "react";
import { createUseAgent } from "@pergola/client/hook.js";
import { usePortal } from "./portal.js";

/** Agents of this module that can brief, best first. */
const AGENTS = ["deal-briefing", "deal-researcher"];

/** Why an agent did not even begin: another one may be able to. */
const UNABLE = new Set(["AGENT_UNKNOWN", "AGENT_START", "AGENT_UNAVAILABLE"]);

const useAgent = createUseAgent(React);

/**
 * What an agent says of a deal. The run goes on when the person leaves: who comes back in this tab reads on, or finds what was written.
 * @param {{ id: string, title: string }} deal
 * @param {string[]} offered ids of the agents this person may ask
 * @returns `run` is `null` before anybody was asked; `ask` asks the first agent that is able, `null` when there is none
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
  const asked = React.useRef(/** @type {{ at: number, before: string | undefined } | null} */ (null));
  const ask = (at) => {
    const run = able[at];
    asked.current = { at, before: run.items.at(-1)?.id };
    if (run.items.length > 0) {
      run.retry();
    } else {
      run.send(`Brief me on the deal ${title} (${id}).`);
    }
  };
  React.useEffect(() => {
    const { at, before } = asked.current ?? { at: able.length };
    if (at + 1 < able.length && isUnable(able[at]) && able[at].items.at(-1).id !== before) {
      ask(at + 1);
    }
  });
  const begun = runs.filter(({ items }) => items.length > 0);
  return {
    run: begun.find((run) => !isUnable(run)) ?? begun.at(-1) ?? null,
    ask: able.length > 0 ? () => ask(0) : null,
  };
}

function isUnable({ items }) {
  return UNABLE.has(items.at(-1)?.code ?? "");
}
