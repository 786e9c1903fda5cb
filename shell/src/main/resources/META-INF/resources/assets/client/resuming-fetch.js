import { createFetch } from "./http.js";
import { AgentRun } from "./run.js";

/**
 * The answer to a post that starts a run, as one stream.
 * @param {string | URL} url
 * @param {RequestInit} init its body names a `runId`
 * @param {{ fetch?: import("./http.js").PortalFetch }} [options]
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
  const events = run[Symbol.asyncIterator]();
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
