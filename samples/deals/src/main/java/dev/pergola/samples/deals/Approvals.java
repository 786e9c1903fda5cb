package dev.pergola.samples.deals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the agent may do once a person has allowed it. Each approval is for one person and
 * one use; without it nothing is written, whatever a request says.
 */
class Approvals {

	private static final Duration OPEN = Duration.ofMinutes(15);

	private static final int MOST = 1000;

	private final Map<String, Approval> open = new ConcurrentHashMap<>();

	private final Clock clock;

	Approvals(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Opens a question.
	 * @param subject who may answer it
	 * @param callId the step that waits
	 * @param deals ids of the deals that would change
	 */
	Approval ask(String subject, String callId, List<String> deals) {
		Instant now = this.clock.instant();
		this.open.values().removeIf((approval) -> approval.expiresAt().isBefore(now));
		if (this.open.size() >= MOST) {
			throw Problem.of(503, "busy", "Too many questions are open. Try again later.");
		}
		Approval approval = new Approval(UUID.randomUUID().toString(), subject, callId, deals, now.plus(OPEN));
		this.open.put(approval.id(), approval);
		return approval;
	}

	/**
	 * Closes a question.
	 * @return empty when it is not open, or not this person's
	 */
	Optional<Approval> take(String id, String subject) {
		Instant now = this.clock.instant();
		return Optional.ofNullable(this.open.get(id))
			.filter((asked) -> asked.subject().equals(subject) && asked.expiresAt().isAfter(now))
			.filter((asked) -> this.open.remove(id, asked));
	}

	/**
	 * A question that is open.
	 */
	record Approval(String id, String subject, String callId, List<String> deals, Instant expiresAt) {

	}

}
