import { cancelRun, runAgent } from "@pergola/client";

/**
 * The events of a run that are not in the conversation yet. The same run and
 * input attach to what is under way, so that this serves after a reload too.
 * @param {{ module: string, id: string }} agent
 * @param {import("./conversation.js").Run} run its cursor moves along
 * @param {import("@pergola/client").PortalFetch} fetch
 * @returns {AsyncGenerator<import("@pergola/client").AgentEvent, void, undefined>}
 */
export async function* followRun({ module, id }, run, fetch) {
  const { runId, input, lastEventId } = run;
  const events = runAgent({
    ...{ module, agent: id, input, runId, fetch },
    ...(lastEventId !== undefined && { lastEventId }),
  });
  for await (const event of events) {
    yield event;
    // After the event is in the conversation: both are saved together.
    if (events.lastEventId !== undefined) {
      run.lastEventId = events.lastEventId;
    }
  }
}

export { cancelRun as stopRun };
