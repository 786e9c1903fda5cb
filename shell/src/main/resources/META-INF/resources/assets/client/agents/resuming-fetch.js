import { createFetch } from "../http.js";
import { OpenParts } from "./open-parts.js";
import { AgentRun } from "../run.js";

/**
 * The answer to a post that starts a run, as one stream.
 * @param {string | URL} url
 * @param {RequestInit} init its body names a `runId`
 * @param {{ fetch?: import("../http.js").PortalFetch }} [options]
 * @returns {Promise<Response>}
 */
export async function unbroken(url, init, { fetch = createFetch() } = {}) {
  const { runId } = JSON.parse(String(init.body));
  const options = { fetch, ...(init.signal && { signal: init.signal }) };
  const run = new AgentRun(runId, options, (send, own) => {
    const headers = new Headers(init.headers);
    new Headers(own.headers).forEach((value, name) => headers.set(name, value));
    return send(url, { ...init, ...own, headers });
  });
  return new Response(frames(run), {
    headers: { "content-type": "text/event-stream" },
  });
}

/**
 * @param {AgentRun} run
 * @returns {ReadableStream<Uint8Array>}
 */
function frames(run) {
  const events = coherent(run);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(
          encoder.encode(`data: ${JSON.stringify(value)}\n\n`),
        );
      }
    },
    async cancel() {
      await events.return();
    },
  });
}

/**
 * Events of a run as one stream that keeps AG-UI's order, also where the portal had
 * to restate the run: a stream has one start, and a snapshot comes between messages.
 * @param {AgentRun} run
 * @returns {AsyncGenerator<import("../run.js").AgentEvent, void, undefined>}
 */
async function* coherent(run) {
  const parts = new OpenParts();
  let isStarted = false;
  for await (const event of run) {
    if (event.type === "RUN_STARTED" && isStarted) {
      yield* parts.close();
      continue;
    }
    isStarted = true;
    parts.note(event);
    yield event;
  }
}
