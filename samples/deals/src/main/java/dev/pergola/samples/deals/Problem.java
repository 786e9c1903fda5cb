package dev.pergola.samples.deals;

import java.util.Map;

/** A refusal (RFC 9457). */
class Problem extends RuntimeException {

	private final int status;

	private final String name;

	private final transient Map<String, Object> members;

	private Problem(int status, String name, String detail, Map<String, Object> members) {
		super(detail);
		this.status = status;
		this.name = name;
		this.members = members;
	}

	static Problem of(int status, String name, String detail) {
		return new Problem(status, name, detail, Map.of());
	}

	static Problem notFound(String detail) {
		return of(404, "not-found", detail);
	}

	static Problem stale(Deal current) {
		return new Problem(412, "stale",
				"Somebody moved this deal in the meantime; it is in stage %s now.".formatted(current.stage()),
				Map.of("current", current));
	}

	int status() {
		return this.status;
	}

	/** Last part of the problem's type. */
	String name() {
		return this.name;
	}

	/** What the problem says beyond the standard members. */
	Map<String, Object> members() {
		return this.members;
	}

}
