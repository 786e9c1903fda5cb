// Deal briefing: what to know of one deal before a call, by rules over the samples' data.
//
//     echo '{"messages":[{"role":"user","content":"d-2003"}]}' | node deal_briefing.mjs
//
// Reads one line, AG-UI's `RunAgentInput`, and answers with a line of JSON for each piece of text, each use of a tool
// and the end. There is no model behind it, so it tells no tokens.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import { briefing, comparable, dealsMeant, helping } from "./briefing.mjs";
import { Records, RecordsMissing } from "./records.mjs";

const MAX_INPUT = 4 * 1024 * 1024;
const { values: options } = parseArgs({
  options: { pace: { type: "string", default: "25" }, data: { type: "string" } },
});

/** Says one thing, and waits while nobody takes it. */
async function say(line) {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) {
    await once(process.stdout, "drain");
  }
}

/** Says paragraphs word by word, each at once, as something that thinks would. */
async function speak(paragraphs) {
  for (const paragraph of paragraphs) {
    for (const delta of `${paragraph}\n\n`.split(/(?<=\s)(?=\S)/)) {
      await say({ delta });
      await pause(Number(options.pace));
    }
  }
}

/** Uses a tool where the person can see it. */
async function use(name, given, tool) {
  const id = randomUUID();
  await say({ tool: { id, name, arguments: given } });
  const result = tool();
  await say({ toolResult: { id, content: JSON.stringify(result.shown) } });
  return result.found;
}

// The input is one line; whoever writes it may leave the pipe open.
async function firstLine() {
  const chunks = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const end = chunk.indexOf(0x0a);
    chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
    size += chunk.length;
    if (end >= 0 || size > MAX_INPUT) {
      break;
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What was said and handed over; `null` where the line is no `RunAgentInput`. */
function read(line) {
  let input;
  try {
    input = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(input?.messages)) {
    return null;
  }
  const text = (content) =>
    Array.isArray(content) ? content.map((part) => part?.text ?? "").join(" ") : String(content ?? "");
  const said = input.messages.filter((message) => message?.role === "user").map((message) => text(message.content));
  const context = (Array.isArray(input.context) ? input.context : []).map((item) => String(item?.value ?? ""));
  return { said, context };
}

async function answer({ said, context }) {
  const records = Records.load(options.data);
  const meant = await use(
    "find_deal",
    { text: (said.at(-1) ?? "").slice(0, 200), ...(context.length > 0 && { context }) },
    () => {
      const found = dealsMeant(records, { said, context });
      return { found, shown: found.map(({ id, title, stage }) => ({ id, title, stage })) };
    },
  );
  if (meant.length !== 1) {
    await speak(helping(records, meant));
    return;
  }
  const [deal] = meant;
  const alike = await use("compare_deals", { industry: deal.industry }, () => {
    const found = comparable(records, deal);
    return { found, shown: found };
  });
  await speak(briefing(records, deal, alike));
}

async function main() {
  // Nothing to put in order: whoever says stop means now. The first process of a container gets no signal it does not ask for.
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGINT", () => process.exit(130));
  // Nobody listens any more.
  process.stdout.on("error", () => process.exit(0));
  const input = read(await firstLine());
  if (input === null) {
    await say({ error: { code: "BAD_INPUT", message: "This is no question I can read." } });
    return 1;
  }
  try {
    await answer(input);
  } catch (error) {
    if (!(error instanceof RecordsMissing)) {
      throw error;
    }
    await say({ error: { code: "NO_RECORDS", message: `I have nothing to search: ${error.message}` } });
    return 1;
  }
  await say({ result: "" });
  return 0;
}

process.exitCode = await main();
process.stdin.destroy();
