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

check("tells a tab that comes later how things are", async () => {
  const leaving = new AbortController();
  const { type } = await heard(leaving.signal);
  equal(type, "catalog.changed");
  const late = new Promise((resolve) => setTimeout(resolve, 3000, null));
  equal((await Promise.race([heard(leaving.signal), late]))?.type, type);
  leaving.abort();
});
