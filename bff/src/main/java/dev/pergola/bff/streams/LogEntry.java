package dev.pergola.bff.streams;

/**
 * One entry of a {@link CursorLog}.
 *
 * @param bytes what it counts as against the bound of the log
 */
public record LogEntry<T>(EventId id, T value, int bytes) {

}
