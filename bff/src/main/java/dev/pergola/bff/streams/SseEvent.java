package dev.pergola.bff.streams;

import org.jspecify.annotations.Nullable;

/**
 * An event as the HTML Standard dispatches it.
 *
 * @param id the last id the stream named so far, {@code null} before any
 * @param data lines joined by LF, not empty
 */
public record SseEvent(@Nullable String id, String data) {

}
