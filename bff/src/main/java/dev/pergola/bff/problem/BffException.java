package dev.pergola.bff.problem;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Something a caller is told. Message and members reach the caller as they are: neither
 * may name an upstream's address, a token or a class.
 */
public final class BffException extends RuntimeException {

	private final Failure failure;

	private final transient Map<String, Object> members;

	public BffException(Failure failure, String detail) {
		this(failure, detail, Map.of(), null);
	}

	/**
	 * A failure with more to say.
	 * @param members further members of the problem; {@code status} replaces the usual
	 * status
	 */
	public BffException(Failure failure, String detail, Map<String, Object> members, @Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.failure = failure;
		this.members = Map.copyOf(members);
	}

	public Failure failure() {
		return this.failure;
	}

	public Map<String, Object> members() {
		return this.members;
	}

	/** What the caller is told, in a sentence. */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.failure.type();
	}

}
