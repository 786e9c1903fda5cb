/**
 * Messages of a body; ends when the body does.
 * @param {ReadableStream<Uint8Array>} body cancelled when the reader stops early
 * @param {SseParser} [parser]
 * @param {number} [idleMillis] silence, heartbeats included, after which the stream counts as cut
 * @returns {AsyncGenerator<SseMessage, void, undefined>}
 */
export function messagesOf(body: ReadableStream<Uint8Array>, parser?: SseParser, idleMillis?: number): AsyncGenerator<SseMessage, void, undefined>;
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
    /** @param {number} [maxLength] characters one frame may have */
    constructor(maxLength?: number);
    /** @type {number | null} milliseconds the server asks to wait before a reconnect */
    retry: number | null;
    /**
     * @param {Uint8Array} bytes
     * @returns {SseMessage[]} messages that these bytes completed, oldest first
     */
    push(bytes: Uint8Array): SseMessage[];
    #private;
}
/**
 * One message of a stream.
 */
export type SseMessage = {
    /**
     * lines joined with a line feed; never empty
     */
    data: string;
    /**
     * `message` unless the frame names another
     */
    event: string;
    /**
     * the frame's own id; null when it has none
     */
    id: string | null;
};
