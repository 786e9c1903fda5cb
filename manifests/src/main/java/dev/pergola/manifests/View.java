package dev.pergola.manifests;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One answer made of several upstreams' answers, at {@code GET /views/{module}{path}}.
 *
 * @param path a {@link PathPattern}
 * @param cache how old a whole answer may be that the same person is given again,
 * {@code null} for a new one each time
 * @param parts name and source of each part, at least one; references form no cycle
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record View(String path, @JsonSerialize(using = DurationText.Writer.class) @JsonDeserialize(
		using = DurationText.Reader.class) @Nullable Duration cache, Map<String, ViewPart> parts) {

	public View {
		parts = Copies.of(parts);
	}

	/**
	 * The parsed path.
	 * @return pattern of this view
	 */
	public PathPattern pattern() {
		return PathPattern.parse(this.path);
	}

}
