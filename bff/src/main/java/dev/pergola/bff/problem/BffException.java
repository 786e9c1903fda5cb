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

	private final transient Map<String, String> headers;

	public BffException(Failure failure, String detail) {
		this(failure, detail, Map.of(), null);
	}

	/**
	 * A failure with more to say.
	 * @param members further members of the problem; {@code status} replaces the usual
	 * status
	 */
	public BffException(Failure failure, String detail, Map<String, Object> members, @Nullable Throwable cause) {
		this(failure, detail, members, Map.of(), cause);
	}

	private BffException(Failure failure, String detail, Map<String, Object> members, Map<String, String> headers,
			@Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.failure = failure;
		this.members = Map.copyOf(members);
		this.headers = Map.copyOf(headers);
	}

	/**
	 * The same failure with more to say.
	 * @param more headers of the answer
	 */
	public BffException withHeaders(Map<String, String> more) {
		return new BffException(this.failure, detail(), this.members, more, getCause());
	}

	public Failure failure() {
		return this.failure;
	}

	public Map<String, Object> members() {
		return this.members;
	}

	/** Headers of the answer, beside the usual ones. */
	public Map<String, String> headers() {
		return this.headers;
	}

	/** What the caller is told, in a sentence. */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.failure.type();
	}

}
