package dev.pergola.shell.layout;

import org.jspecify.annotations.Nullable;

/**
 * One step of the way to a page.
 *
 * @param href address, {@code null} for the page itself
 */
public record Crumb(String title, @Nullable String href) {
}
