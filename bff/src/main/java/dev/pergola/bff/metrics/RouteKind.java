package dev.pergola.bff.metrics;

import java.util.Locale;

/** Kinds of what the bff answers; told apart by the start of the path. */
public enum RouteKind {

	/** A module's service. */
	API("/api/"),
	/** Several services in one answer. */
	VIEW("/views/"),
	/** Agents and their runs. */
	AGENT("/agents/"),
	/** Files of a module. */
	FILES("/modules/"),
	/** Descriptions of modules' services. */
	OPENAPI("/openapi"),
	/** How modules' services are doing. */
	UPSTREAMS("/upstreams"),
	/** The forwarded registry. */
	REGISTRY("/registry/"),
	/** The event stream of a browser. */
	EVENTS("/.well-known/mercure"),
	/** Everything else. */
	SHELL("/");

	private static final RouteKind[] KINDS = values();

	private final String prefix;

	private final String label = name().toLowerCase(Locale.ROOT);

	RouteKind(String prefix) {
		this.prefix = prefix;
	}

	/** Name as it stands in tags and in logs. */
	public String label() {
		return this.label;
	}

	/** Start of the paths, such as {@code /api/}. */
	public String prefix() {
		return this.prefix;
	}

	/** Kind of a path as it was sent. */
	public static RouteKind of(String path) {
		for (RouteKind kind : KINDS) {
			if (path.startsWith(kind.prefix)) {
				return kind;
			}
		}
		return SHELL;
	}

	/**
	 * What stands where the name of a module is.
	 * @return may name no module at all; empty for kinds that have none
	 */
	public String module(String path) {
		if (this == OPENAPI || this == UPSTREAMS || this == REGISTRY || this == EVENTS || this == SHELL) {
			return "";
		}
		int end = path.indexOf('/', this.prefix.length());
		return path.substring(this.prefix.length(), (end < 0) ? path.length() : end);
	}

}
