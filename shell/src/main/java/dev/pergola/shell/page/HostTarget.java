package dev.pergola.shell.page;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code <pergola-module-host>} is told about its module.
 *
 * @param page id of the page, {@code null} in a slot
 * @param slot name of the slot, {@code null} on a page
 * @param element custom element, {@code null} when the entry mounts itself
 * @param params values of the path's parameters as JSON
 */
public record HostTarget(String module, String version, String title, @Nullable String page, @Nullable String slot,
		@Nullable String element, @Nullable String params, String format, @Nullable String entry) {
}
