import { Pulse } from "./pulse.js";

/**
 * One message of a stream.
 * @typedef {object} SseMessage
 * @property {string} data lines joined with a line feed; never empty
 * @property {string} event `message` unless the frame names another
 * @property {string | null} id the frame's own id; null when it has none
 */

/**
 * Parses server-sent events from bytes that may be split anywhere, as the HTML
 * Standard says under "Server-sent events". A frame cut off before its blank
 * line is never given out.
 */
export class SseParser {
  #decoder = new TextDecoder();
  #rest = "";
  #afterCarriageReturn = false;
  /** @type {string[]} */
  #data = [];
  #event = "";
  /** @type {string | null} */
  #id = null;
  #maxLength;

  /** @param {number} [maxLength] characters one frame may have */
  constructor(maxLength = 16 * 1024 * 1024) {
    this.#maxLength = maxLength;
    /** @type {number | null} milliseconds the server asks to wait before a reconnect */
    this.retry = null;
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {SseMessage[]} messages that these bytes completed, oldest first
   */
  push(bytes) {
    /** @type {SseMessage[]} */
    const messages = [];
    for (const line of this.#lines(
      this.#decoder.decode(bytes, { stream: true }),
    )) {
      if (line === "") {
        this.#dispatch(messages);
      } else {
        this.#field(line);
      }
    }
    return messages;
  }

  /** @param {string} text */
  #lines(text) {
    if (text === "") {
      return [];
    }
    const fresh =
      this.#afterCarriageReturn && text[0] === "\n" ? text.slice(1) : text;
    this.#afterCarriageReturn = text.endsWith("\r");
    const lines = (this.#rest + fresh).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > this.#maxLength) {
      throw new RangeError(`frame: longer than ${this.#maxLength} characters`);
    }
    return lines;
  }

  /** @param {string} line */
  #field(line) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") {
      this.#data.push(value);
    } else if (name === "event") {
      this.#event = value;
    } else if (name === "id" && !value.includes("\0")) {
      this.#id = value === "" ? null : value;
    } else if (name === "retry" && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }
  }

  /** @param {SseMessage[]} messages */
  #dispatch(messages) {
    const data = this.#data.join("\n");
    if (data !== "") {
      messages.push({ data, event: this.#event || "message", id: this.#id });
    }
    this.#data = [];
    this.#event = "";
    this.#id = null;
  }
}

/**
 * Messages of a body; ends when the body does.
 * @param {ReadableStream<Uint8Array>} body cancelled when the reader stops early
 * @param {SseParser} [parser]
 * @param {number} [idleMillis] silence, heartbeats included, after which the stream counts as cut
 * @returns {AsyncGenerator<SseMessage, void, undefined>}
 */
export async function* messagesOf(
  body,
  parser = new SseParser(),
  idleMillis = 45_000,
) {
  const reader = body.getReader();
  const end = () => void reader.cancel().catch(() => {});
  const pulse = new Pulse(idleMillis, end);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        pulse.throwIfCut();
        return;
      }
      pulse.beat();
      yield* parser.push(value);
    }
  } finally {
    pulse.stop();
    end();
  }
}
