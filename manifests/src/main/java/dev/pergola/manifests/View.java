package dev.pergola.manifests;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One answer made of several upstreams' answers, at {@code GET /views/{module}{path}}.
 *
 * @param path a {@link PathPattern}
 * @param parts name and source of each part, at least one; references form no cycle
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record View(String path, Map<String, ViewPart> parts) {

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
