package dev.pergola.bff.limits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The buckets one call was taken out of. Not thread-safe.
 */
public final class Allowance {

	/** Of a call that is not limited. */
	static final Allowance UNLIMITED = new Allowance(0);

	private final long now;

	private final List<Taken> taken = new ArrayList<>(4);

	Allowance(long now) {
		this.now = now;
	}

	long now() {
		return this.now;
	}

	/**
	 * Takes the call out of one more bucket.
	 * @return 0 when it was taken, otherwise nanoseconds until there is one; then it has
	 * been put back everywhere
	 */
	long take(LimitKind kind, Bucket bucket, Limit limit) {
		long wait = bucket.take(limit, this.now);
		if (wait > 0) {
			this.taken.forEach((each) -> each.bucket().giveBack());
		}
		this.taken.add(new Taken(kind, bucket));
		return wait;
	}

	/**
	 * The limits and what is left of them, as the IETF draft "RateLimit header fields for
	 * HTTP" has it.
	 * @return names and values, empty for a call that is not limited
	 */
	public Map<String, String> headers() {
		if (this.taken.isEmpty()) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("RateLimit-Policy", this.taken.stream().map(Taken::policy).collect(Collectors.joining(", ")));
		headers.put("RateLimit",
				this.taken.stream().map((each) -> each.state(this.now)).collect(Collectors.joining(", ")));
		return headers;
	}

	private record Taken(LimitKind kind, Bucket bucket) {

		String policy() {
			return "\"%s\";q=%d;w=%d".formatted(this.kind.label(), this.bucket.limit().calls(),
					this.bucket.limit().seconds());
		}

		String state(long now) {
			return "\"%s\";r=%d;t=%d".formatted(this.kind.label(), this.bucket.left(now),
					Limit.seconds(this.bucket.missing(now)));
		}

	}

}
