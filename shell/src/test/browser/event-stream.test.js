import { EventStream } from "/assets/shell/event-stream.js";
import { equal, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);

/** Starts one as a tab does, and gives what it hears first. */
function heard(signal) {
  const stream = new EventStream("test");
  const first = new Promise((resolve) =>
    stream.addEventListener("event", ({ detail }) => resolve(detail), {
      once: true,
    }),
  );
  stream.start(signal);
  return first;
}

/** Gives what a promise gives, or null when that takes too long. */
const soon = (promise) =>
  Promise.race([
    promise,
    new Promise((resolve) => setTimeout(resolve, 3000, null)),
  ]);

check("tells a tab that comes later how things are", async () => {
  const leaving = new AbortController();
  const { type } = await heard(leaving.signal);
  equal(type, "catalog.changed");
  equal((await soon(heard(leaving.signal)))?.type, type);
  leaving.abort();
});

check("tells it also when another tab has taken over", async () => {
  const [first, others] = [new AbortController(), new AbortController()];
  const { type } = await heard(first.signal);
  await heard(others.signal);
  first.abort();
  equal((await soon(heard(others.signal)))?.type, type);
  others.abort();
});

check("sends nothing that a tab of an earlier build cannot read", async () => {
  const leaving = new AbortController();
  const earlier = new BroadcastChannel("pergola-events-test");
  const told = new Promise((resolve) =>
    earlier.addEventListener("message", ({ data }) => resolve(data), {
      once: true,
    }),
  );
  await heard(leaving.signal);
  equal(JSON.parse((await told)?.data ?? "null")?.type, "catalog.changed");
  earlier.close();
  leaving.abort();
});
