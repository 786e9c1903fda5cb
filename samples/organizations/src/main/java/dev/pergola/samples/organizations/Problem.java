package dev.pergola.samples.organizations;

/** A refusal (RFC 9457). */
class Problem extends RuntimeException {

	private final int status;

	private final String name;

	private Problem(int status, String name, String detail) {
		super(detail);
		this.status = status;
		this.name = name;
	}

	static Problem of(int status, String name, String detail) {
		return new Problem(status, name, detail);
	}

	int status() {
		return this.status;
	}

	/** Last part of the problem's type. */
	String name() {
		return this.name;
	}

}
