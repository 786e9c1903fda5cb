package dev.pergola.registry.journal;

import java.time.Instant;

import dev.pergola.registry.audit.AuditFact;
import org.jspecify.annotations.Nullable;

/**
 * A write under way: it holds the lock on the revision. Only a write that recorded what
 * it did takes the revision.
 */
public final class Write {

	private final long revision;

	private final Instant at;

	private @Nullable AuditFact fact;

	Write(long revision, Instant at) {
		this.revision = revision;
		this.at = at;
	}

	public long revision() {
		return this.revision;
	}

	public Instant at() {
		return this.at;
	}

	/**
	 * Says what was done; once per write.
	 * @param done goes to the audit
	 */
	public void record(AuditFact done) {
		if (this.fact != null) {
			throw new IllegalStateException("a write is recorded once");
		}
		this.fact = done;
	}

	@Nullable AuditFact fact() {
		return this.fact;
	}

}
