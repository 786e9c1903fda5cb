import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, it } from "node:test";
import { fileURLToPath } from "node:url";

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), "../deal_briefing.mjs");
const QUESTION = { messages: [{ role: "user", content: "Brief me on d-2003" }] };
const OPTIONS = { timeout: 60_000 };
const started = [];

function start(...options) {
  const program = spawn(process.execPath, [PROGRAM, ...options]);
  started.push(program);
  return program;
}

afterEach(() => started.splice(0).forEach((program) => program.kill("SIGKILL")));

/** What a program says, with its exit code. */
async function answer(program, input, { end = true } = {}) {
  program.stdin.write(input);
  if (end) {
    program.stdin.end();
  }
  const lines = [];
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(JSON.parse(line));
  }
  const errors = (await program.stderr.toArray()).join("");
  const [code] = program.exitCode === null ? await once(program, "exit") : [program.exitCode];
  return { lines, code, errors };
}

function textOf(lines) {
  return lines.map(({ delta }) => delta ?? "").join("");
}

it("answers one line with text, tools and a result, while its input stays open", OPTIONS, async () => {
  const { lines, code, errors } = await answer(start("--pace", "0"), `${JSON.stringify(QUESTION)}\n`, { end: false });
  assert.deepEqual([code, errors], [0, ""]);
  assert.match(textOf(lines), /^## Supplier portal for Kestrel Foods[^]*How I got here/);
  const tools = lines.filter((line) => line.tool).map((line) => line.tool);
  assert.deepEqual(
    tools.map(({ name }) => name),
    ["find_deal", "compare_deals"],
  );
  assert.deepEqual(
    lines.filter((line) => line.toolResult).map((line) => line.toolResult.id),
    tools.map(({ id }) => id),
  );
  assert.deepEqual(lines.at(-1), { result: "" });
});

it("says every word by itself", OPTIONS, async () => {
  const { lines } = await answer(start("--pace", "0"), JSON.stringify(QUESTION));
  const deltas = lines.flatMap(({ delta }) => delta ?? []);
  assert.ok(deltas.length > 60);
  deltas.forEach((delta) => assert.ok(delta.trim().split(/\s+/).length === 1, JSON.stringify(delta)));
});

it("takes the deal of the page, and content in parts", OPTIONS, async () => {
  const messages = [{ role: "user", content: [{ type: "text", text: "Brief me on this deal" }] }];
  const input = { messages, context: [{ description: "deal", value: "d-2003" }] };
  const { lines } = await answer(start("--pace", "0"), JSON.stringify(input));
  assert.match(textOf(lines), /^## Supplier portal/);
});

it("helps where no deal is named", OPTIONS, async () => {
  for (const messages of [[], [{ role: "user", content: "hello 😀" }, { role: "user" }, null]]) {
    const { lines, code } = await answer(start("--pace", "0"), JSON.stringify({ messages, context: 7 }));
    assert.equal(code, 0);
    assert.match(textOf(lines), /For example/);
  }
});

it("ends badly where it is asked nothing it can read", OPTIONS, async () => {
  const inputs = ["", "null\n", '{"messages":1}\n', Buffer.from([0xff, 0xfe, 0x0a])];
  for (const { lines, code } of await Promise.all(inputs.map((input) => answer(start(), input)))) {
    assert.deepEqual([code, lines.length, lines[0].error.code], [1, 1, "BAD_INPUT"]);
  }
});

it("ends badly where its data is missing", OPTIONS, async () => {
  const folder = mkdtempSync(join(tmpdir(), "deals-"));
  const { lines, code } = await answer(start("--data", folder), JSON.stringify(QUESTION));
  assert.deepEqual([code, lines.at(-1).error.code], [1, "NO_RECORDS"]);
});

it("ends at once when told", OPTIONS, async () => {
  for (const [signal, code] of Object.entries({ SIGTERM: 143, SIGINT: 130 })) {
    const program = start("--pace", "60000");
    program.stdin.write(`${JSON.stringify(QUESTION)}\n`);
    for await (const line of createInterface({ input: program.stdout })) {
      if (line.includes('"delta"')) {
        program.kill(signal);
        break;
      }
    }
    assert.deepEqual(await once(program, "exit"), [code, null]);
  }
});

it("ends quietly when nobody listens", OPTIONS, async () => {
  const program = start("--pace", "1");
  program.stdin.write(`${JSON.stringify(QUESTION)}\n`);
  await once(program.stdout, "data");
  program.stdout.destroy();
  const [errors, [code]] = await Promise.all([program.stderr.toArray(), once(program, "exit")]);
  assert.deepEqual([code, errors.join("")], [0, ""]);
});
