import {
  EventBus,
  ProblemError,
  createClient,
  createFetch,
} from "@pergola/client";
import { equal, failure, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);

/** A fetch that answers as told and remembers what it was asked. */
function answering(...responses) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push({ url: String(url), headers: new Headers(init.headers), init });
    return responses.shift();
  };
  return { asked, fetch };
}

check("says that the page asked, and names the trace", async () => {
  const { asked, fetch } = answering(new Response("{}"));
  await createFetch({ fetch })("/api/deals/deals");
  equal(asked[0].headers.get("x-pergola"), "1");
  equal(
    /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(
      asked[0].headers.get("traceparent"),
    ),
    true,
  );
});

check("asks nobody but the portal", async () => {
  const { asked, fetch } = answering(new Response(""));
  for (const foreign of ["https://evil.example/", "//evil.example/x"]) {
    equal(
      (await failure(() => createFetch({ fetch })(foreign))).name,
      "TypeError",
    );
  }
  equal(asked.length, 0);
});

check("turns a problem into an error with all it says", async () => {
  const findings = [{ pointer: "/module", message: "module: is taken" }];
  const body = { type: "/problems/x", detail: "no", traceId: "t", findings };
  const { fetch } = answering(
    new Response(JSON.stringify(body), {
      status: 422,
      headers: { "content-type": "application/problem+json" },
    }),
  );
  const error = await failure(() => createFetch({ fetch })("/api/x"));
  equal(error instanceof ProblemError, true);
  equal([error.status, error.type, error.message], [422, "/problems/x", "no"]);
  equal(error.findings, findings);
});

check("asks again once after the person signed in", async () => {
  const { asked, fetch } = answering(
    new Response("", { status: 401 }),
    new Response("fine"),
  );
  let calls = 0;
  const onUnauthorized = async () => (calls += 1) > 0;
  const options = { method: "POST", body: "x" };
  const response = await createFetch({ fetch, onUnauthorized })(
    "/api/x",
    options,
  );
  equal([await response.text(), calls, asked[1].init.body], ["fine", 1, "x"]);
});

check("hands declared events to other modules, as copies", () => {
  const bus = new EventBus();
  const events = { publishes: ["deal.won.v1"], subscribes: ["deal.won.v1"] };
  const one = createClient({ module: "one", version: "1.0.0", bus, events });
  const two = createClient({ module: "two", version: "1.0.0", bus, events });
  const heard = [];
  two.on("deal.won.v1", (event) => heard.push(event));
  const detail = { id: 7 };
  one.emit("deal.won.v1", detail);
  detail.id = 8;
  equal(heard, [{ type: "deal.won.v1", module: "one", detail: { id: 7 } }]);
});

check("refuses events that the manifest does not declare", async () => {
  const options = { module: "one", version: "1.0.0", development: true };
  const client = createClient(options);
  for (const act of [
    () => client.emit("deal.won.v1"),
    () => client.on("deal.won.v1", () => {}),
    () => client.emit("DealWon"),
  ]) {
    equal((await failure(act)).name, "TypeError");
  }
});

check("stops listening when the module leaves", () => {
  const bus = new EventBus();
  const events = { publishes: ["deal.won.v1"], subscribes: ["deal.won.v1"] };
  const leaving = new AbortController();
  const { signal } = leaving;
  const client = createClient({
    module: "m",
    version: "1",
    bus,
    events,
    signal,
  });
  let heard = 0;
  client.on("deal.won.v1", () => (heard += 1));
  client.emit("deal.won.v1");
  leaving.abort();
  client.emit("deal.won.v1");
  equal(heard, 1);
});
