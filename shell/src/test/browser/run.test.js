import { createFetch, resumingFetch, runAgent } from "@pergola/client";
import { equal, failure, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);
const DELAYS = { base: 0, limit: 1 };

/** A portal with one run of `count` texts, whose connections end as `cut` says. */
class Agent {
  posts = [];
  #log;

  constructor(count, cut) {
    this.cut = cut;
    const types = ["RUN_STARTED", ...Array(count).fill("TEXT"), "RUN_FINISHED"];
    this.#log = types.map(
      (type, at) =>
        `: beat\n\nid: 1-${String(at).padStart(6, "0")}\ndata: ${JSON.stringify({ type, at, text: "ü😀" })}\n\n`,
    );
  }

  fetch = createFetch({
    fetch: async (url, init) => {
      const cursor = new Headers(init.headers).get("last-event-id");
      this.posts.push({ url: String(url), cursor, body: init.body });
      const from = cursor === null ? 0 : Number(cursor.slice(2)) + 1;
      const rest = new TextEncoder().encode(this.#log.slice(from).join(""));
      return this.cut(rest, this.posts.length);
    },
  });
}

const stream = (chunks, end) =>
  new Response(
    new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          controller.enqueue(chunk);
        } else if (end === "error") {
          controller.error(new TypeError("network error"));
        } else {
          controller.close();
        }
      },
    }),
    { headers: { "content-type": "text/event-stream" } },
  );

async function read(run) {
  const seen = [];
  for await (const event of run) {
    seen.push(event.at ?? event.type);
  }
  return seen;
}

/** Repeatable random numbers below one. */
function random(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

check("gives each event once through a hundred random cuts", async () => {
  const count = 2000;
  const next = random(42);
  let cuts = 0;
  const agent = new Agent(count, (rest) => {
    if (cuts >= 100) {
      return stream([rest], "close");
    }
    cuts += 1;
    const size = Math.floor(next() * Math.min(rest.length, 4000));
    const half = Math.floor(size * next());
    const chunks = [rest.subarray(0, half), rest.subarray(half, size)];
    return stream(chunks, next() < 0.5 ? "error" : "close");
  });
  const options = { fetch: agent.fetch, delays: DELAYS, attempts: 200 };
  const seen = await read(runAgent({ module: "m", agent: "a", ...options }));
  equal(
    seen,
    Array.from({ length: count + 2 }, (_, at) => at),
  );
  equal(cuts, 100);
});

check("posts the same run again with the cursor", async () => {
  const agent = new Agent(3, (rest, post) =>
    post === 1 ? stream([rest.subarray(0, 150)]) : stream([rest]),
  );
  const run = runAgent({
    ...{ module: "deal s", agent: "a/b", runId: "r1" },
    ...{ fetch: agent.fetch, delays: DELAYS, input: { threadId: "t" } },
  });
  equal(await read(run), [0, 1, 2, 3, 4]);
  const [first, second] = agent.posts;
  equal(new URL(first.url).pathname, "/agents/deal%20s/a%2Fb/runs");
  equal([first.cursor, second.cursor], [null, "1-000001"]);
  equal(first.body, second.body);
  equal(JSON.parse(first.body).runId, "r1");
});

check("drops what a server sends twice", async () => {
  const twice = (rest) => stream([rest, rest]);
  const agent = new Agent(3, twice);
  const log = await read(
    runAgent({ module: "m", agent: "a", fetch: agent.fetch }),
  );
  equal(log, [0, 1, 2, 3, 4]);
});

check("never takes a clean end for the end of the run", async () => {
  const agent = new Agent(3, (rest) => stream([rest.subarray(0, 60)]));
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch },
    ...{ delays: DELAYS, attempts: 3 },
  });
  const error = await failure(() => read(run));
  equal(error.message, "stream: ends without a terminal event");
});

check("tells a refusal at once", async () => {
  const agent = new Agent(
    1,
    () =>
      new Response('{"type":"/problems/not-found","traceId":"t1"}', {
        status: 404,
        headers: { "content-type": "application/problem+json" },
      }),
  );
  const error = await failure(() =>
    read(runAgent({ module: "m", agent: "a", fetch: agent.fetch })),
  );
  equal(
    [error.status, error.type, error.traceId],
    [404, "/problems/not-found", "t1"],
  );
  equal(agent.posts.length, 1);
});

check("comes back after an answer that may pass", async () => {
  const agent = new Agent(2, (rest, post) =>
    post < 4 ? new Response("", { status: 503 }) : stream([rest]),
  );
  const run = runAgent({
    ...{ module: "m", agent: "a" },
    ...{ fetch: agent.fetch, delays: DELAYS },
  });
  equal(await read(run), [0, 1, 2, 3]);
});

check("stops reading when its signal says so", async () => {
  const end = new AbortController();
  const agent = new Agent(50, (rest) => stream([rest.subarray(0, 200)]));
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch },
    ...{ signal: end.signal, delays: { base: 60_000, limit: 60_000 } },
  });
  setTimeout(() => end.abort(), 20);
  equal((await failure(() => read(run))).name, "AbortError");
});

check("gives a stock client one unbroken stream", async () => {
  const agent = new Agent(20, (rest) => stream([rest.subarray(0, 500)]));
  const fetch = resumingFetch({ fetch: agent.fetch });
  const response = await fetch("/agents/m/a/runs", {
    method: "POST",
    body: '{"runId":"r1"}',
  });
  const text = await response.text();
  equal(text.match(/"at":\d+/g).length, 22);
  equal(agent.posts.length > 1, true);
});
