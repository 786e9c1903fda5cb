import { createFetch } from "@pergola/client";

export const AGENT = { module: "m", id: "a", title: "Scout" };

/** A portal whose runs end as told, one answer for each. */
export class Portal {
  posts = [];

  /** @param {...(object[] | Response | Error)} runs */
  constructor(...runs) {
    this.runs = runs;
  }

  fetch = createFetch({
    fetch: async (url, init) => {
      const path = new URL(url).pathname;
      this.posts.push({ path, body: init.body && JSON.parse(init.body) });
      const run = this.runs.shift();
      if (run instanceof Error || run instanceof DOMException) {
        throw run;
      }
      return run instanceof Response ? run : sse(run);
    },
  });
}

const sse = (events) =>
  new Response(
    events
      .map((event, at) => `id: ${at}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(""),
    { headers: { "content-type": "text/event-stream" } },
  );

/** Events of one whole message. */
export const says = (messageId, delta) => [
  { type: "TEXT_MESSAGE_START", messageId },
  { type: "TEXT_MESSAGE_CONTENT", messageId, delta },
  { type: "TEXT_MESSAGE_END", messageId },
];

export const finished = (outcome = { type: "success" }) => ({
  ...{ type: "RUN_FINISHED", outcome },
});

export const problem = (status, type) =>
  new Response(JSON.stringify({ type, detail: "no" }), {
    ...{ status, headers: { "content-type": "application/problem+json" } },
  });

export const changed = (conversation) =>
  new Promise((resolve) =>
    conversation.addEventListener("change", resolve, { once: true }),
  );

/** Waits until a conversation is in a state. */
export async function until(conversation, status) {
  while (conversation.status !== status) {
    await changed(conversation);
  }
}

export const shape = ({ items }) =>
  items.map(({ kind, text, status }) => [kind, text, status]);
