import { createFetch } from "./http.js";
import { AgentRun } from "./run.js";

/**
 * `fetch` for stock AG-UI clients (`new HttpAgent({ url, fetch: resumingFetch() })`):
 * the answer is one unbroken stream that survives cuts of the connection, and
 * it fails instead of ending early. Only for posts whose body names a `runId`.
 * @param {{ fetch?: import("./http.js").PortalFetch }} [options]
 * @returns {(url: string | URL, init: RequestInit) => Promise<Response>}
 */
export function resumingFetch({ fetch = createFetch() } = {}) {
  return async (url, init) => {
    const { runId } = JSON.parse(String(init.body));
    const signal = init.signal ?? undefined;
    const run = new AgentRun(
      runId,
      { fetch, ...(signal && { signal }) },
      (send, own) => {
        const headers = new Headers(init.headers);
        new Headers(own.headers).forEach((value, name) =>
          headers.set(name, value),
        );
        return send(url, { ...init, ...own, headers });
      },
    );
    return new Response(frames(run), {
      headers: { "content-type": "text/event-stream" },
    });
  };
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
