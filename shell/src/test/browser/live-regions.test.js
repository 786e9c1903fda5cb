import { equal, test } from "./check.js";

const { LiveRegions } =
  await import("/assets/shell/live-regions/live-regions.js");
const { parsePage } = await import("/assets/shell/fragments.js");

const check = (name, run) => test(import.meta.url, name, run);

const MAIN = (...regions) =>
  `<p data-pergola-live-control hidden data-pause="Pause" data-resume="Go on" data-at="As of {time}" data-failed="Not since {time}"></p>${regions.join("")}`;

const region = (id, text, words = "") =>
  `<div id="${id}" data-pergola-live="${words}"><a href="/x">${text}</a></div>`;

/**
 * A page of which the server's answers are told; ends what it began.
 * @param {string} html
 * @param {(page: { main: HTMLElement, answer: (html: string, status?: number) => void, asked: () => number }) => Promise<void>} use
 */
async function onPage(html, use) {
  const main = document.querySelector("main") ?? document.body;
  const before = [...main.childNodes];
  const realFetch = globalThis.fetch;
  let next = [html, 200];
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    const [content, status] = next;
    const response = new Response(`<main>${content}</main>`, {
      status,
      headers: { "Content-Type": "text/html" },
    });
    Object.defineProperty(response, "url", { value: location.href });
    return response;
  };
  try {
    main.replaceChildren(...parsePage(html).body.childNodes);
    const control = main.querySelector("[data-pergola-live-control]");
    new LiveRegions(control, 5).start();
    await use({
      main,
      answer: (content, status = 200) => (next = [content, status]),
      asked: () => asked,
    });
  } finally {
    main.replaceChildren(...before);
    globalThis.fetch = realFetch;
  }
}

/** @param {() => unknown} condition */
async function until(condition) {
  const end = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > end) {
      throw new Error(`expected in time: ${condition}`);
    }
    await new Promise((done) => setTimeout(done, 5));
  }
}

check("takes over what changed, and says it where there are words", () =>
  onPage(MAIN(region("a", "1", "1 running")), async ({ main, answer }) => {
    equal(main.querySelector("button")?.textContent, "Pause");
    answer(MAIN(region("a", "2", "2 running")));
    await until(() => main.textContent?.includes("2"));
    await until(
      () =>
        document.getElementById("pergola-announcer")?.textContent ===
        "2 running",
    );
  }),
);

check("leaves a region alone that somebody is in", () =>
  onPage(MAIN(region("a", "1"), region("b", "1")), async (page) => {
    const { main, answer } = page;
    main.querySelector("#a a")?.focus();
    answer(MAIN(region("a", "2"), region("b", "2")));
    await until(() => main.querySelector("#b")?.textContent === "2");
    equal(main.querySelector("#a")?.textContent, "1");
    equal(document.activeElement?.textContent, "1");
    main.querySelector("button")?.focus();
    await until(() => main.querySelector("#a")?.textContent === "2");
  }),
);

check("pauses and goes on", () =>
  onPage(MAIN(region("a", "1")), async ({ main, answer, asked }) => {
    await until(() => asked() > 0);
    const toggle = main.querySelector("button");
    toggle?.click();
    equal(toggle?.textContent, "Go on");
    answer(MAIN(region("a", "2")));
    const before = asked();
    await new Promise((done) => setTimeout(done, 50));
    equal(asked(), before);
    toggle?.click();
    await until(() => main.querySelector("#a")?.textContent === "2");
  }),
);

check("keeps what is shown when the answer is no good, and says so", () =>
  onPage(MAIN(region("a", "1")), async ({ main, answer }) => {
    answer("<p>away</p>", 502);
    await until(() => main.textContent?.includes("Not since"));
    equal(main.querySelector("#a")?.textContent, "1");
    answer(MAIN(region("a", "2")));
    await until(() => main.querySelector("#a")?.textContent === "2");
    await until(() => main.textContent?.includes("As of"));
  }),
);

check("ends when nothing changes any more", () =>
  onPage(MAIN(region("a", "1")), async ({ main, answer, asked }) => {
    answer('<div id="a">over</div>');
    await until(() => main.querySelector("button") === null);
    equal(main.textContent, "over");
    const before = asked();
    await new Promise((done) => setTimeout(done, 50));
    equal(asked(), before);
  }),
);
