import { SseParser } from "@pergola/client";
import { equal, test } from "./check.js";

const check = (name, run) => test(import.meta.url, name, run);
const bytes = (text) => new TextEncoder().encode(text);

/** @param {string} text @param {number[]} cuts */
function parse(text, cuts = []) {
  const parser = new SseParser();
  const all = bytes(text);
  const messages = [];
  let from = 0;
  for (const to of [...cuts, all.length]) {
    messages.push(...parser.push(all.subarray(from, to)));
    from = to;
  }
  return messages;
}

const STREAM =
  ': hello\n\nid: 1-1\ndata: {"a":"é😀"}\n\nevent: x\nid: 1-2\ndata: one\ndata:two\n\nretry: 7\n\ndata:  three\n\n';
const MESSAGES = [
  { data: '{"a":"é😀"}', event: "message", id: "1-1" },
  { data: "one\ntwo", event: "x", id: "1-2" },
  { data: " three", event: "message", id: null },
];

check("reads the same wherever the bytes are split", () => {
  const { length } = bytes(STREAM);
  for (let at = 0; at <= length; at += 1) {
    equal(parse(STREAM, [at]), MESSAGES, `split at ${at}`);
  }
});

check("reads the same byte by byte", () => {
  const each = bytes(STREAM).map((_, index) => index);
  equal(parse(STREAM, [...each]), MESSAGES);
});

check("takes all three line ends, also split between them", () => {
  for (const end of ["\r\n", "\r", "\n"]) {
    const text = STREAM.replaceAll("\n", end);
    for (let at = 0; at <= bytes(text).length; at += 1) {
      // A lone CR at the very end may still become CRLF: it ends the line at once.
      equal(parse(text, [at]), MESSAGES, `${JSON.stringify(end)} at ${at}`);
    }
  }
});

check("gives out no frame that was cut off", () => {
  equal(parse("id: 1\ndata: whole\n\nid: 2\ndata: cut\n").length, 1);
});

check("leaves frames without data and ids with NUL alone", () => {
  equal(parse("id: 5\n\nid: a\0b\ndata: x\n\n"), [
    { data: "x", event: "message", id: null },
  ]);
});

check("skips a byte order mark and keeps the retry time", () => {
  const parser = new SseParser();
  equal(parser.push(bytes("\uFEFFdata: x\nretry: 1500\n\n")).length, 1);
  equal(parser.retry, 1500);
});

check("refuses a frame without end", () => {
  const parser = new SseParser(100);
  let message = "";
  try {
    parser.push(bytes(`data: ${"x".repeat(200)}`));
  } catch (error) {
    ({ message } = error);
  }
  equal(message, "frame: longer than 100 characters");
});
