import { Conversations } from "/assets/shell/assistant/conversations.js";
import { ConversationStorage } from "/assets/shell/assistant/storage.js";
import { createFetch } from "@pergola/client";
import { equal, test } from "./check.js";
import { finished, says } from "./scripted-runs.js";

const check = (name, run) =>
  test(import.meta.url, name, async () => {
    sessionStorage.clear();
    localStorage.clear();
    await run();
    sessionStorage.clear();
    localStorage.clear();
  });

const AGENT = { module: "m", id: "a", title: "Scout" };
const THREAD = { threadId: "t", module: "m", agent: "a", title: "Yesterday" };

const sse = (events) =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");

/** A portal that remembers conversations, and whose runs are open until they are told to end. */
class Portal {
  /** Resolve what was asked for, by id. */
  #recalls = new Map();
  isAway = false;
  posts = [];
  /** Ends of the streams that were opened, in order. */
  streams = [];

  /** @param {...object} threads */
  constructor(...threads) {
    this.threads = threads;
  }

  fetch = createFetch({
    fetch: async (url, init) => {
      const { pathname } = new URL(url);
      if (pathname === "/agents/threads") {
        return this.isAway
          ? new Response("", { status: 503 })
          : Response.json(this.threads);
      }
      const [, id] = /^\/agents\/threads\/(.+)$/.exec(pathname) ?? [];
      if (id !== undefined) {
        const { promise, resolve } = Promise.withResolvers();
        this.#recalls.set(id, resolve);
        return promise.finally(() => this.#recalls.delete(id));
      }
      this.posts.push(init.body && JSON.parse(init.body));
      return this.#stream(init.signal);
    },
  });

  /** Tells what was said in a conversation that was asked for. */
  recall(id = "t", more = [], rest = {}) {
    const said = { id: `u-${id}`, role: "user", content: "Before" };
    const messages = [said, ...more];
    this.#recalls.get(id)(Response.json({ messages, ...rest }));
  }

  /** Whether it is asked, soon, what was said in a conversation. */
  async isAsked(id = "t") {
    for (let turns = 0; turns < 50 && !this.#recalls.has(id); turns += 1) {
      await turn();
    }
    return this.#recalls.has(id);
  }

  /** Fails to. */
  refuse(id = "t") {
    this.#recalls.get(id)(new Response("", { status: 503 }));
  }

  #stream(signal) {
    const stream = { isClosed: false, tell: (_events) => {} };
    this.streams.push(stream);
    const body = new ReadableStream({
      start(controller) {
        stream.tell = (...events) =>
          controller.enqueue(new TextEncoder().encode(sse(events)));
        signal.addEventListener("abort", () => {
          stream.isClosed = true;
          controller.error(signal.reason);
        });
      },
    });
    const headers = { "content-type": "text/event-stream" };
    return new Response(body, { headers });
  }

  conversations = () =>
    new Conversations(new ConversationStorage("ada"), this.fetch);
}

async function until(conversation, isTrue) {
  while (!isTrue()) {
    await new Promise((resolve) =>
      conversation.addEventListener("change", resolve, { once: true }),
    );
  }
}

const changed = (conversations) =>
  new Promise((resolve) =>
    conversations.addEventListener("change", resolve, { once: true }),
  );

/** What was sent, message by message. */
const sent = ({ posts }) =>
  posts.map(({ messages }) => messages.map(({ content }) => content));

const textsOf = ({ items }) => items.map(({ text }) => text);

const turn = () => new Promise((resolve) => setTimeout(resolve));

async function asked(portal, times) {
  while (portal.streams.length < times) {
    await turn();
  }
}

async function opened(portal) {
  const conversations = portal.conversations();
  await conversations.refresh([AGENT]);
  conversations.select("t");
  await turn();
  return conversations;
}

check("says what is said meanwhile after what was said before", async () => {
  const portal = new Portal(THREAD);
  const { current } = await opened(portal);
  current.send("Now");
  equal(current.status, "answering");
  equal(portal.posts, [], "waits for what was said before");
  portal.recall();
  await until(current, () => current.data.run !== null);
  equal(textsOf(current), ["Before", "Now"]);
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Now"]]);
  portal.streams[0].tell(...says("1", "One"), finished());
  await until(current, () => current.status === "idle");
  equal(current.items.at(-1).text, "One");
});

check("knows of a remembered step that it was cut", async () => {
  const call = (id) => ({
    role: "assistant",
    toolCalls: [{ id, function: { name: "find", arguments: "{}" } }],
  });
  const result = { role: "tool", toolCallId: "1", content: "found" };
  const again = { id: "again", role: "user", content: "Again" };
  const steps = [call("1"), result, call("2"), again, call("3")];
  const states = async (rest) => {
    const portal = new Portal(THREAD);
    const { current } = await opened(portal);
    portal.recall("t", steps, rest);
    while (current.items.length === 0) {
      await turn();
    }
    current.close();
    return current.items
      .filter(({ kind }) => kind === "tool")
      .map(({ status }) => status);
  };
  equal(await states({}), ["done", "stopped", "stopped"]);
  const running = { activeRunId: "r" };
  equal(await states(running), ["done", "stopped", "streaming"]);
  const interrupts = [{ id: "i", reason: "tool_call", toolCallId: "3" }];
  equal(await states({ interrupts }), ["done", "stopped", "waiting"]);
});

check("tells apart what changes in a conversation, and which there are", async () => {
  const conversations = new Portal().conversations();
  const told = [];
  for (const type of ["change", "progress"]) {
    conversations.addEventListener(type, () => told.push(type));
  }
  conversations.start(AGENT);
  conversations.current.rename("Harbor");
  equal(told, ["change", "progress"]);
});

check("stops reading what is deleted, and reads on when it is back", async () => {
  const portal = new Portal(THREAD);
  const conversations = portal.conversations();
  conversations.start(AGENT);
  const { current } = conversations;
  current.send("Go");
  await asked(portal, 1);
  const restore = conversations.remove(current.data.id);
  equal(portal.streams[0].isClosed, true);
  equal(conversations.current, undefined);
  restore();
  equal(conversations.current === current, true);
  await asked(portal, 2);
  equal(portal.posts[1].runId, portal.posts[0].runId);
  current.close();
});

check("keeps a name for a conversation that was not opened yet", async () => {
  const portal = new Portal(THREAD);
  const first = portal.conversations();
  await first.refresh([AGENT]);
  first.rename("t", "Harbor");
  first.rename("t", " ");
  equal(first.list[0].data.title, "Harbor");
  dispatchEvent(new Event("pagehide"));
  sessionStorage.clear();
  const second = portal.conversations();
  await second.refresh([AGENT]);
  equal(
    second.list.map(({ data }) => data.title),
    ["Harbor"],
  );
});

check("keeps nothing of an earlier conversation until it is here", async () => {
  const portal = new Portal(THREAD);
  const { current } = await opened(portal);
  current.send("Now");
  dispatchEvent(new Event("pagehide"));
  equal(new ConversationStorage("ada").load(), []);
  const again = await opened(portal);
  portal.recall();
  await changed(again);
  equal(textsOf(again.current), ["Before"]);
  equal(portal.posts, []);
  dispatchEvent(new Event("pagehide"));
  equal(new ConversationStorage("ada").load().map(textsOf), [["Before"]]);
});

check("sends nothing without what was said before", async () => {
  const portal = new Portal(THREAD);
  const conversations = await opened(portal);
  const { current } = conversations;
  current.send("Now");
  await turn();
  portal.refuse();
  await changed(conversations);
  equal(
    current.items.map(({ kind, status }) => [kind, status]),
    [
      ["user", "failed"],
      ["error", "failed"],
    ],
  );
  equal(current.status, "idle");
  conversations.remove("t")();
  await turn();
  equal(portal.posts, []);
  conversations.retry();
  equal(textsOf(current), ["Now"]);
  await turn();
  portal.recall();
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Now"]]);
  current.close();
});

check("fetches what was said before again when the person goes on", async () => {
  const portal = new Portal(THREAD);
  const conversations = await opened(portal);
  const { current } = conversations;
  portal.refuse();
  await changed(conversations);
  current.send("Now");
  await turn();
  equal(portal.posts, []);
  portal.recall();
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Now"]]);
  current.close();
});

check("lets a conversation arrive that is no longer chosen", async () => {
  const portal = new Portal(THREAD, { ...THREAD, threadId: "s" });
  const conversations = await opened(portal);
  const first = conversations.current;
  conversations.select("s");
  equal(conversations.list.length, 2);
  await turn();
  portal.recall("s");
  portal.recall("t");
  first.send("Now");
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Now"]]);
  equal(textsOf(conversations.current), ["Before"]);
  first.close();
});

check("names and deletes also where the browser keeps nothing more", async () => {
  const portal = new Portal(THREAD);
  const conversations = portal.conversations();
  await conversations.refresh([AGENT]);
  fill(localStorage);
  conversations.rename("t", "Harbor");
  equal(conversations.list[0].data.title, "Harbor");
  const change = changed(conversations);
  const restore = conversations.remove("t");
  await change;
  equal(conversations.list.length, 0);
  restore();
  equal(conversations.list.length, 1);
});

check("brings back one of those that were deleted, and not the others", async () => {
  const portal = new Portal(THREAD, { ...THREAD, threadId: "s" });
  const conversations = portal.conversations();
  await conversations.refresh([AGENT]);
  const restore = conversations.remove("t");
  conversations.remove("s");
  restore();
  const idsOf = ({ list }) => list.map(({ data }) => data.id);
  equal(idsOf(conversations), ["t"]);
  const again = portal.conversations();
  await again.refresh([AGENT]);
  equal(idsOf(again), ["t"]);
});

check("says that the portal could not be asked, until it could", async () => {
  const portal = new Portal(THREAD);
  const conversations = portal.conversations();
  portal.isAway = true;
  let changes = 0;
  conversations.addEventListener("change", () => (changes += 1));
  await conversations.refresh([AGENT]);
  equal([conversations.isUnlisted, changes], [true, 1]);
  portal.isAway = false;
  await conversations.refresh([AGENT]);
  equal([conversations.isUnlisted, conversations.list.length], [false, 1]);
});

check("keeps what was written and not sent, and takes it along to another agent", async () => {
  const portal = new Portal(THREAD);
  const conversations = portal.conversations();
  await conversations.refresh([AGENT]);
  conversations.start(AGENT);
  conversations.draft = "To somebody";
  conversations.start({ ...AGENT, id: "b" });
  equal(conversations.draft, "To somebody");
  conversations.select("t");
  equal(conversations.draft, "");
  conversations.start(AGENT);
  equal(conversations.draft, "To somebody");
  conversations.select("t");
  conversations.draft = "To t";
  conversations.start(AGENT);
  equal(conversations.draft, "To t");
  conversations.select("t");
  equal(conversations.draft, "");
});

const at = (updatedAt) => ({ ...THREAD, updatedAt });

/** A conversation that is here whole, and that the portal says was gone on with since. */
async function goneOn(portal) {
  portal.threads = [at("2026-01-02T03:04:05Z")];
  const conversations = await opened(portal);
  portal.recall();
  await changed(conversations);
  portal.threads = [at("2026-01-02T03:05:00Z")];
  return conversations;
}

const ELSEWHERE = { id: "e", role: "user", content: "Elsewhere" };

check("reads what was said elsewhere, before anything is said to it", async () => {
  const portal = new Portal();
  const conversations = await goneOn(portal);
  const { current } = conversations;
  const refreshed = conversations.refresh([AGENT]);
  equal(await portal.isAsked(), true);
  current.send("Now");
  await turn();
  equal(portal.posts, []);
  portal.recall("t", [ELSEWHERE]);
  await refreshed;
  equal(textsOf(current), ["Before", "Elsewhere", "Now"]);
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Elsewhere", "Now"]]);
  current.close();
});

check("reads once what was said elsewhere", async () => {
  const portal = new Portal();
  const conversations = await goneOn(portal);
  const refreshed = conversations.refresh([AGENT]);
  equal(await portal.isAsked(), true);
  portal.recall("t", [ELSEWHERE]);
  await refreshed;
  equal(textsOf(conversations.current), ["Before", "Elsewhere"]);
  await conversations.refresh([AGENT]);
  equal(await portal.isAsked(), false);
});

check("takes nothing that was said here for something said elsewhere", async () => {
  const portal = new Portal();
  const conversations = await goneOn(portal);
  const { current } = conversations;
  current.items.push({
    ...{ id: "a", kind: "assistant", text: "A", status: "done" },
  });
  const refreshed = conversations.refresh([AGENT]);
  equal(await portal.isAsked(), true);
  portal.recall("t", [{ id: "x", role: "assistant", content: "A" }]);
  await refreshed;
  equal(textsOf(current), ["Before", "A"]);
  current.send("Now");
  await asked(portal, 1);
  current.close();
});

check("goes on without what was said elsewhere when that does not come", async () => {
  const portal = new Portal();
  const conversations = await goneOn(portal);
  const { current } = conversations;
  const refreshed = conversations.refresh([AGENT]);
  equal(await portal.isAsked(), true);
  current.send("Now");
  portal.refuse();
  await refreshed;
  await asked(portal, 1);
  equal(sent(portal), [["Before", "Now"]]);
  current.close();
});

check("leaves a conversation alone in which something goes on", async () => {
  const portal = new Portal();
  const conversations = await goneOn(portal);
  conversations.current.send("Now");
  await asked(portal, 1);
  await conversations.refresh([AGENT]);
  equal(await portal.isAsked(), false);
  conversations.current.close();
});

/** @param {Storage} storage */
function fill(storage) {
  for (let length = 2 ** 24; length >= 1; length /= 2) {
    try {
      storage.setItem(`full-${length}`, "x".repeat(length));
    } catch {
      // Less fits, maybe.
    }
  }
}
