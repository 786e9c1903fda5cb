package dev.pergola.manifests;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What starts a module in the browser.
 *
 * @param file path inside the bundle, {@code null} for {@link EntryFormat#FRAGMENT} only
 * @param styles paths of style sheets inside the bundle
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Entry(EntryFormat format, @Nullable String file, List<String> styles) {

	public Entry {
		styles = Copies.of(styles);
		if (format == null) {
			throw new IllegalArgumentException("entry.format: null (expected: a format)");
		}
		if ((file == null) != (format == EntryFormat.FRAGMENT)) {
			throw new IllegalArgumentException(
					"entry.file: %s (expected: a file, unless the format is fragment)".formatted(file));
		}
	}

}
