// A conversation with the stock client that is named, through whatever stands between, held
// against what the portal itself remembers of the run.
import assert from "node:assert/strict";
import { HttpAgent } from "@ag-ui/client";
import { ChatClient, fetchServerSentEvents } from "@tanstack/ai-client";
import { createFetch, resumingFetch } from "@pergola/client";

const { PORTAL: direct, BETWEEN: origin, COOKIE: cookie, QUESTION: question } = process.env;
const url = `${origin}/agents/deals/deal-researcher/runs`;
const headers = { cookie, "x-pergola": "1" };

const said = (event) => event.type === "TEXT_MESSAGE_CONTENT";

/** `HttpAgent` takes a cut for the end, unless its fetch gives it one unbroken stream. */
async function agUi() {
  const portal = createFetch({
    origin,
    fetch: (address, init) => {
      const all = new Headers(init.headers);
      all.set("cookie", cookie);
      return fetch(address, { ...init, headers: all });
    },
  });
  const agent = new HttpAgent({ url, fetch: resumingFetch({ fetch: portal }) });
  agent.setMessages([{ id: "u1", role: "user", content: question }]);
  const runId = crypto.randomUUID();
  const seen = { runId, deltas: 0, finished: 0 };
  await agent.runAgent(
    { runId },
    {
      onEvent: ({ event }) => {
        seen.deltas += said(event) ? 1 : 0;
        seen.finished += event.type === "RUN_FINISHED" ? 1 : 0;
      },
    },
  );
  const answers = agent.messages.filter(({ role }) => role === "assistant");
  return { ...seen, text: answers.map(({ content }) => content ?? "").join("") };
}

/** `ChatClient` resumes by itself. */
async function tanStack() {
  const seen = { runId: "", deltas: 0, finished: 0 };
  const client = new ChatClient({
    connection: fetchServerSentEvents(url, { headers }),
    onChunk: (chunk) => {
      seen.runId ||= chunk.runId ?? "";
      seen.deltas += said(chunk) ? 1 : 0;
      seen.finished += chunk.type === "RUN_FINISHED" ? 1 : 0;
    },
    onError: (error) => {
      throw error;
    },
  });
  await client.sendMessage(question);
  const text = client
    .getMessages()
    .filter(({ role }) => role === "assistant")
    .flatMap(({ parts }) => parts)
    .filter(({ type }) => type === "text")
    .map(({ content }) => content)
    .join("");
  return { ...seen, text };
}

/** Every word once, in order, and one end. */
async function check(name, { runId, text, deltas, finished }) {
  const log = await fetch(`${direct}/agents/runs/${runId}/events`, { headers });
  const events = (await log.text())
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => JSON.parse(line.slice(6)));
  const whole = events
    .filter(said)
    .map(({ delta }) => delta)
    .join("");
  assert.ok(whole.length > 300, `${name}: the answer is long enough to be cut`);
  assert.equal(text, whole, name);
  // A replay may join words; a client never sees more of them than were told.
  assert.ok(deltas >= 1 && finished === 1, `${name}: one end`);
  console.log(`${name}: ${deltas} pieces, ${text.length} characters`);
}

const [, , client] = process.argv;
await check(client, await { "@ag-ui/client": agUi, "@tanstack/ai-client": tanStack }[client]());
process.exit(0);
