import {
  ProblemError,
  createFetch,
  joinRun,
  resumingFetch,
  runAgent,
} from "@pergola/client";
import { applyEvent, newConversation } from "@pergola/client/agents.js";
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

check("waits as long as the portal asks", async () => {
  const agent = new Agent(1, (rest, post) =>
    post === 1
      ? new Response("", { status: 429, headers: { "retry-after": "1" } })
      : stream([rest]),
  );
  const before = performance.now();
  const seen = await read(
    runAgent({ module: "m", agent: "a", fetch: agent.fetch, delays: DELAYS }),
  );
  equal(seen, [0, 1, 2]);
  equal(performance.now() - before >= 1000, true, "waited a second");
});

check("says why the portal refuses for now", async () => {
  const waits = [];
  const agent = new Agent(1, (rest, post) =>
    post === 1
      ? new Response('{"type":"/problems/too-many-runs","detail":"Full."}', {
          ...{ status: 429, headers: { "content-type": "application/json" } },
        })
      : stream([rest]),
  );
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch, delays: DELAYS },
    onWait: ({ problem }) => waits.push(problem?.detail),
  });
  equal(await read(run), [0, 1, 2]);
  equal(waits, ["Full."]);
});

check("does not wait for what will not be in a moment", async () => {
  const refused = async (type, headers) => {
    const agent = new Agent(1, () =>
      Response.json({ type }, { status: 429, headers }),
    );
    const run = runAgent({
      ...{ module: "m", agent: "a", fetch: agent.fetch, delays: DELAYS },
      attempts: 2,
    });
    const error = await failure(() => read(run));
    return [error.type, agent.posts.length];
  };
  const spent = "/problems/agent-budget-spent";
  equal(await refused(spent, {}), [spent, 1]);
  equal(await refused("/problems/too-many-runs", { "retry-after": "3600" }), [
    ...["/problems/too-many-runs", 1],
  ]);
  equal(await refused("/problems/too-many-runs", {}), [
    ...["/problems/too-many-runs", 2],
  ]);
});

check("understands a time to come back at", async () => {
  const at = new Date(Date.now() + 90_000).toUTCString();
  const { retryAfter } = await ProblemError.of(
    new Response("", { status: 503, headers: { "retry-after": at } }),
  );
  equal(retryAfter > 80 && retryAfter <= 90, true, `${retryAfter} s`);
});

check("stops at once when nobody reads any more", async () => {
  const leaving = new AbortController();
  const agent = new Agent(3, (rest) => stream([rest.subarray(0, 60)]));
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch, signal: leaving.signal },
    delays: { base: 60_000, limit: 60_000 },
    onWait: () => leaving.abort(new Error("left")),
  });
  equal((await failure(() => read(run))).message, "left");
  equal(agent.posts.length, 1);
});

check("waits for the network without counting tries", async () => {
  let isOnLine = false;
  Object.defineProperty(navigator, "onLine", {
    ...{ get: () => isOnLine, configurable: true },
  });
  const waits = [];
  const agent = new Agent(1, (rest) => {
    if (waits.length < 3) {
      // As a train between two tunnels.
      isOnLine = false;
      throw new TypeError("Failed to fetch");
    }
    return stream([rest]);
  });
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch, attempts: 2 },
    onWait: ({ failures, isOffline }) => {
      waits.push([failures, isOffline]);
      setTimeout(() => {
        isOnLine = true;
        dispatchEvent(new Event("online"));
      });
    },
  });
  try {
    equal(await read(run), [0, 1, 2]);
    equal(waits, [
      [0, true],
      [0, true],
      [0, true],
    ]);
  } finally {
    delete navigator.onLine;
  }
});

check("takes a connection for cut when the network changed", async () => {
  const agent = new Agent(3, (rest, post) =>
    post === 1
      ? new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(rest.subarray(0, 150));
              setTimeout(() => dispatchEvent(new Event("online")));
            },
          }),
          { headers: { "content-type": "text/event-stream" } },
        )
      : stream([rest]),
  );
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch: agent.fetch, delays: DELAYS },
  });
  equal(await read(run), [0, 1, 2, 3, 4]);
});

check("takes a connection for cut that sleeps or never answers", async () => {
  const silent = (init) =>
    new Promise((_, reject) => {
      init.signal.addEventListener("abort", () => reject(init.signal.reason));
    });
  let posts = 0;
  const fetch = async (url, init) => {
    posts += 1;
    if (posts === 1) {
      return silent(init);
    }
    const data = '{"type":"RUN_FINISHED"}';
    return posts === 2
      ? new Response(new ReadableStream(), {
          headers: { "content-type": "text/event-stream" },
        })
      : stream([new TextEncoder().encode(`id: 1\ndata: ${data}\n\n`)]);
  };
  const run = runAgent({
    ...{ module: "m", agent: "a", fetch, delays: DELAYS, idleMillis: 40 },
  });
  equal(await read(run), ["RUN_FINISHED"]);
  equal(posts, 3);
});

const frame = (id, event) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
const bytes = (...frames) => new TextEncoder().encode(frames.join(""));
const begins = { type: "TEXT_MESSAGE_START", messageId: "m" };
const delta = (text) => ({
  ...{ type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: text },
});
const step = { toolCallId: "t", toolCallName: "find" };
const calls = { type: "TOOL_CALL_START", ...step };
const args = (text) => ({
  ...{ type: "TOOL_CALL_ARGS", toolCallId: "t", delta: text },
});

/** A portal whose connections bring what is told, and say how they go on. */
function connections(...told) {
  const cursors = [];
  const fetch = async (_url, init) => {
    cursors.push(new Headers(init.headers).get("last-event-id"));
    const [replay, ...frames] = told.shift();
    const response = stream([bytes(...frames)]);
    response.headers.set("pergola-replay", replay);
    return response;
  };
  return { cursors, fetch };
}

/** Two nodes: what the first had shown is lost, and the second restates the run. */
const restated = () => {
  const message = { id: "m", role: "assistant", content: "Hello, " };
  const said = { type: "MESSAGES_SNAPSHOT", messages: [message] };
  // All that says where the run is has the cursor the client came with, but the last.
  const prelude = [{ type: "RUN_STARTED" }, said, begins, calls];
  return connections(
    [
      "exact",
      ...[frame("1-0", { type: "RUN_STARTED" }), frame("1-1", begins)],
      ...[frame("1-2", delta("Hel")), frame("1-3", calls)],
      frame("1-4", args('{"q"')),
    ],
    ["snapshot", ...prelude.slice(0, 3).map((event) => frame("1-4", event))],
    [
      "snapshot",
      ...prelude.map((event) => frame("1-4", event)),
      frame("1-3", args('{"q":')),
      frame("2-0", args("1}")),
    ],
    [
      "exact",
      ...[frame("2-0", args("1}")), frame("2-1", delta("world"))],
      frame("2-2", { type: "RUN_FINISHED" }),
    ],
  );
};

check("goes on from a snapshot when the cursor is lost", async () => {
  const { cursors, fetch } = restated();
  const run = runAgent({ module: "m", agent: "a", fetch, delays: DELAYS });
  const conversation = newConversation({ module: "m", id: "a" });
  const replays = new Set();
  for await (const event of run) {
    applyEvent(conversation, event);
    replays.add(run.replay);
  }
  equal([...replays], ["exact", "snapshot"]);
  equal(cursors, [null, "1-4", "1-4", "2-0"]);
  equal(
    conversation.items.map(({ text, args: said }) => [text, said]),
    [
      ["Hello, world", undefined],
      ["find", '{"q":1}'],
    ],
  );
});

check("restates a run in one stream of a stock client", async () => {
  const fetch = resumingFetch(restated());
  const response = await fetch("/agents/m/a/runs", {
    ...{ method: "POST", body: '{"runId":"r1"}' },
  });
  const told = [...(await response.text()).matchAll(/^data: (.+)$/gm)];
  equal(
    told.map(([, data]) => JSON.parse(data).type),
    [
      ...["RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT"],
      ...["TOOL_CALL_START", "TOOL_CALL_ARGS"],
      ...["TOOL_CALL_END", "TEXT_MESSAGE_END"],
      ...["MESSAGES_SNAPSHOT", "TEXT_MESSAGE_START"],
      ...["TEXT_MESSAGE_END", "MESSAGES_SNAPSHOT", "TEXT_MESSAGE_START"],
      ...["TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_ARGS"],
      ...["TEXT_MESSAGE_CONTENT", "RUN_FINISHED"],
    ],
  );
});

check("gives no event again that the cursor names", async () => {
  const { fetch } = connections([
    "exact",
    ...[frame("1-2", delta("Hel")), frame("1-3", delta("lo"))],
    frame("1-4", { type: "RUN_FINISHED" }),
  ]);
  const run = joinRun("r", { fetch, lastEventId: "1-2" });
  equal(await read(run), ["TEXT_MESSAGE_CONTENT", "RUN_FINISHED"]);
});

check("tells that the session ended, with the id of what came before", async () => {
  const signedOut = { type: "CUSTOM", name: "pergola.signed-out", value: {} };
  const { fetch } = connections(
    ["exact", frame("1-0", { type: "RUN_STARTED" }), frame("1-0", signedOut)],
    ["exact", frame("1-1", { type: "RUN_FINISHED" })],
  );
  const run = joinRun("r", { fetch, delays: DELAYS });
  equal(await read(run), ["RUN_STARTED", "CUSTOM", "RUN_FINISHED"]);
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
