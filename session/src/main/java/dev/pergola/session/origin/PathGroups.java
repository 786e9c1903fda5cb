package dev.pergola.session.origin;

import java.util.Arrays;
import java.util.List;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Groups of addresses that are treated alike.
 */
public final class PathGroups {

	/** Called by programs and scripts: 401 problems, session or bearer. */
	public static final PathGroups API = new PathGroups("/api/**", "/views/**", "/agents/**", "/modules/**",
			"/openapi/**", "/upstreams/**", "/.well-known/mercure", "/catalog", "/importmap.json", "/session");

	/** With a session, these need header {@code X-Pergola: 1}. */
	static final PathGroups HEADER = new PathGroups("/api/**", "/views/**", "/agents/**", "/upstreams/**",
			"/registry/**");

	/** With a session, event streams of these need the browser's word on the origin. */
	static final PathGroups STREAMS = new PathGroups("/.well-known/mercure");

	/** Signed by the identity provider, so no browser is involved. */
	static final PathGroups BACK_CHANNEL = new PathGroups("/logout/connect/back-channel/**");

	private final List<PathPattern> patterns;

	private final String[] texts;

	private PathGroups(String... patterns) {
		this.texts = patterns;
		this.patterns = Arrays.stream(patterns).map(PathPatternParser.defaultInstance::parse).toList();
	}

	/**
	 * Patterns of the group.
	 * @return path patterns as Spring writes them
	 */
	public String[] patterns() {
		return this.texts.clone();
	}

	boolean contain(PathContainer path) {
		return this.patterns.stream().anyMatch((pattern) -> pattern.matches(path));
	}

}
