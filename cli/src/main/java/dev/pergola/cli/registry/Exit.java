package dev.pergola.cli.registry;

/** How a command ends. */
public enum Exit {

	/** Something is wrong with the module, or the registry refused it. */
	REFUSED(1),

	/** The command line is wrong. */
	USAGE(2),

	/** Not signed in, or not allowed. */
	FORBIDDEN(3),

	/** There is no such module, version or channel. */
	MISSING(4),

	/** Something else is there already, or somebody was faster. */
	CONFLICT(5),

	/** The registry is out of reach or failed. */
	AWAY(6),

	/** A fault of the command line itself. */
	FAULT(70);

	private final int code;

	Exit(int code) {
		this.code = code;
	}

	/**
	 * Exit code of the process.
	 * @return 1 to 70
	 */
	public int code() {
		return this.code;
	}

	static Exit of(int status) {
		return switch (status) {
			case 401, 403 -> FORBIDDEN;
			case 404 -> MISSING;
			case 409, 412 -> CONFLICT;
			case 408, 429 -> AWAY;
			default -> (status >= 500) ? AWAY : REFUSED;
		};
	}

}
