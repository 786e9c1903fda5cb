import "./define.js";
import { announce, toast } from "./index.js";

/** Adds what the gallery's pages need beyond reading: copying, trying, data for the elements. */
function start() {
  for (const block of document.querySelectorAll("pre[data-code]")) {
    addCopy(/** @type {HTMLElement} */ (block));
  }
  for (const element of document.querySelectorAll("[data-demo]")) {
    const name = /** @type {HTMLElement} */ (element).dataset.demo ?? "";
    DEMOS[name]?.(/** @type {any} */ (element));
    element.removeAttribute("data-demo");
  }
}

/** @param {HTMLElement} block */
function addCopy(block) {
  block.removeAttribute("data-code");
  const frame = document.createElement("div");
  frame.className = "pergola-code";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pergola-button quiet small";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent ?? "");
    announce("Copied");
  });
  block.replaceWith(frame);
  frame.append(block, button);
}

const PAGES = [
  { title: "Partnerships", group: "Pages", icon: "handshake", href: "#partnerships" },
  { title: "Deals", group: "Pages", icon: "briefcase", href: "#deals", keywords: "pipeline forecast" },
  { title: "People", group: "Pages", icon: "users", href: "#people" },
  { title: "Northwind Logistics", group: "Partnerships", icon: "building", href: "#northwind", hint: "Active" },
  { title: "Blue Harbor Shipping", group: "Partnerships", icon: "building", href: "#blue-harbor", hint: "Renewal due" },
  { title: "Write to the owner", group: "Actions", icon: "mail", run: () => toast("A draft is in your mailbox.") },
];

const PARTNERS = [
  ["Northwind Logistics", "Active", "success", "Ada Kern", 1_200_000, "2026-03-02"],
  ["Blue Harbor Shipping", "Renewal due", "warning", "Mo Diaz", 340_000, "2025-12-19"],
  ["Kestrel Energy", "Draft", "neutral", "Ida Lang", 75_500, "2026-05-11"],
  ["Alder & Finch", "Active", "success", "Noor Haddad", 910_000, "2026-01-27"],
  ["Meridian Foods", "Ended", "danger", "Ada Kern", 0, "2024-08-30"],
  ["Orchard Labs", "New", "info", "Jun Park", 128_000, "2026-06-04"],
  ["Tessera Health", "Active", "success", "Mo Diaz", 2_450_000, "2026-02-14"],
].map(([name, stage, type, owner, value, since]) => ({ name, stage, type, owner, value, since }));

const ANSWER = `Two partners fit **Blue Harbor**, in this order:

1. **Northwind Logistics** has open capacity on the same lanes.
2. **Alder & Finch** knows the customer, see [their page](/partnerships/alder-finch).

| Partner | Overlap | Value |
| --- | --- | ---: |
| Northwind Logistics | 3 lanes | €420,000 |
| Alder & Finch | 1 lane | €95,000 |

The figures come from the [port statistics](https://statistics.example.com/ports). As a query:

\`\`\`sql
select partner, count(*) from lane
group by partner;
\`\`\`

Shall I draft a mail to *Ada Kern*?`;

/** @type {Record<string, (element: any) => void>} */
const DEMOS = {
  palette: (palette) => {
    palette.items = PAGES;
    palette.recents = PAGES.slice(3, 5);
  },
  "open-palette": (button) =>
    button.addEventListener("click", () => /** @type {any} */ (document.querySelector("pergola-palette")).open()),
  table: (table) => {
    table.columns = [
      { key: "name", label: "Partner", href: (/** @type {any} */ row) => `#${encodeURIComponent(row.name)}` },
      { key: "stage", label: "Stage", type: "status", status: (/** @type {any} */ row) => row.type },
      { key: "owner", label: "Owner" },
      { key: "since", label: "Since", type: "date" },
      { key: "value", label: "Value in €", type: "number" },
    ];
    table.rows = PARTNERS;
  },
  "table-empty": (table) => {
    table.columns = [
      { key: "name", label: "Partner" },
      { key: "value", label: "Value", type: "number" },
    ];
  },
  toast: (button) => button.addEventListener("click", () => toast("Partnership saved.")),
  dialog: (button) =>
    button.addEventListener("click", () => /** @type {any} */ (document.getElementById(button.value)).showModal()),
  answer: (message) => {
    message.append(ANSWER);
    message.finish();
  },
  stream: (button) => button.addEventListener("click", () => void stream(/** @type {any} */ (document.querySelector("#chat-live")))),
  chat: (chat) => {
    chat.addEventListener("pergola-chat-send", (/** @type {any} */ event) => void stream(chat, event.text));
    chat.addEventListener("pergola-chat-stop", () => (chat.busy = false));
  },
  decision: (card) =>
    card.addEventListener("pergola-tool-decision", (/** @type {any} */ event) => {
      card.state = event.decision === "refuse" ? "refused" : "done";
    }),
};

/**
 * Plays an answer as an agent would send it.
 * @param {any} chat
 * @param {string} [question]
 */
async function stream(chat, question = "Who could we bring in for Blue Harbor?") {
  if (chat.busy) {
    return;
  }
  chat.append(message("user", question));
  const answer = message("assistant", "");
  answer.name = "Co-sell scout";
  answer.streaming = true;
  chat.append(answer);
  chat.busy = true;
  for (let at = 0; at < ANSWER.length && chat.busy; at += 3) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer.append(ANSWER.slice(at, at + 3));
  }
  answer.finish({ stopped: !chat.busy });
  chat.busy = false;
}

/**
 * @param {"user" | "assistant"} from
 * @param {string} text
 */
function message(from, text) {
  const made = /** @type {any} */ (document.createElement("pergola-chat-message"));
  made.from = from;
  made.append(text);
  return made;
}

start();
document.addEventListener("pergola-navigate", start);
