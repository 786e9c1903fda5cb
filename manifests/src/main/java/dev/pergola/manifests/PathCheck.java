package dev.pergola.manifests;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Paths of pages, views, fragments and agents. */
final class PathCheck {

	/** First segments that belong to the portal itself. */
	private static final Set<String> RESERVED = Set.of("api", "views", "agents", "upstreams", "openapi", "registry",
			"admin", "developer", "design", "assets", "modules", "session", "logout", "oauth2", "login", "catalog",
			"bridge", "actuator", ".well-known", "problems", "error", "importmap.json", "favicon.ico", "robots.txt");

	private PathCheck() {
	}

	/** The pattern of a field that is there and valid; whatever is wrong is reported. */
	static Optional<PathPattern> pattern(Field field, Findings findings) {
		try {
			return field.text().map(PathPattern::parse);
		}
		catch (IllegalArgumentException ex) {
			findings.add(field.pointer(), String.valueOf(ex.getMessage()));
			return Optional.empty();
		}
	}

	static void checkReserved(Field field, PathPattern pattern, Findings findings) {
		if (pattern.segments().isEmpty()) {
			findings.add(field.pointer(), "must not be /, which is the portal's home");
			return;
		}
		switch (pattern.segments().getFirst()) {
			case PathPattern.Parameter _ -> findings.add(field.pointer(), "must not start with a parameter");
			case PathPattern.Literal(String name) -> {
				if (RESERVED.contains(name)) {
					findings.add(field.pointer(), "must not start with /%s, which is the portal's".formatted(name));
				}
			}
		}
	}

	/** The pattern without the names of its parameters: equal ones match the same. */
	static String shape(PathPattern pattern) {
		return pattern.segments()
			.stream()
			.map((segment) -> (segment instanceof PathPattern.Literal(String name)) ? name : "{}")
			.collect(Collectors.joining("/"));
	}

}
