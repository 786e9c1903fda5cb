import { EventStream } from "/assets/shell/event-stream.js";
import { equal, test } from "./check.js";

/** Each test has a topic, and so a stream, of its own. */
const check = (name, run) =>
  test(import.meta.url, name, () => run(crypto.randomUUID()));

/** Starts one as a tab does, and gives what it hears first; null when it takes too long. */
function heard(topic, signal) {
  const stream = new EventStream(topic);
  const first = new Promise((resolve) => {
    stream.addEventListener("event", ({ detail }) => resolve(detail), {
      once: true,
    });
    setTimeout(resolve, 3000, null);
  });
  stream.start(signal);
  return first;
}

check("tells a tab that comes later how things are", async (topic) => {
  const leaving = new AbortController();
  const { type } = await heard(topic, leaving.signal);
  equal(type, "catalog.changed");
  equal((await heard(topic, leaving.signal))?.type, type);
  leaving.abort();
});

check("tells it also when another tab has taken over", async (topic) => {
  const [first, others] = [new AbortController(), new AbortController()];
  const { type } = await heard(topic, first.signal);
  await heard(topic, others.signal);
  first.abort();
  equal((await heard(topic, others.signal))?.type, type);
  others.abort();
});

check("sends nothing that earlier builds cannot read", async (topic) => {
  const leaving = new AbortController();
  const earlier = new BroadcastChannel(`pergola-events-${topic}`);
  const told = new Promise((resolve) =>
    earlier.addEventListener("message", ({ data }) => resolve(data), {
      once: true,
    }),
  );
  await heard(topic, leaving.signal);
  equal(JSON.parse((await told)?.data ?? "null")?.type, "catalog.changed");
  earlier.close();
  leaving.abort();
});
