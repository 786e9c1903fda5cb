package dev.pergola.bff.agents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a thread waits for: the AG-UI interrupts its last run ended with.
 *
 * @param runId run that asks; empty when nothing is asked
 */
record OpenInterrupts(String runId, String module, String agent, List<ObjectNode> all) {

	static final OpenInterrupts NONE = new OpenInterrupts("", "", "", List.of());

	private static final Set<String> STATUSES = Set.of("resolved", "cancelled");

	/** Those that can still be answered. */
	List<ObjectNode> open(Instant now) {
		return this.all.stream().filter((interrupt) -> !isExpired(interrupt, now)).toList();
	}

	/**
	 * Whether a run may go on with the thread: it answers all that is open, and nothing
	 * else.
	 * @param isKnown whether anything is known of the thread; of one that is not, the
	 * agent judges
	 * @throws BffException when it may not
	 */
	void check(RunRequest request, Instant now, boolean isKnown) {
		List<String> answered = answered(request.input());
		if (this.all.isEmpty()) {
			if (isKnown && !answered.isEmpty()) {
				throw wrong("resume: nothing is asked in this thread.");
			}
			return;
		}
		Set<String> open = ids(open(now));
		Set<String> known = ids(this.all);
		if (answered.stream().anyMatch((id) -> !known.contains(id))) {
			throw wrong("resume: answers something that was not asked.");
		}
		List<String> late = answered.stream().filter((id) -> !open.contains(id)).toList();
		if (!late.isEmpty()) {
			throw new BffException(Failure.INTERRUPT_EXPIRED, "Nobody waits for this answer any more.",
					Map.of("interruptIds", late), null);
		}
		List<String> missing = open.stream().filter((id) -> !answered.contains(id)).sorted().toList();
		if (!missing.isEmpty()) {
			throw new BffException(Failure.INTERRUPT_OPEN, "The thread waits for answers first.",
					Map.of("interruptIds", missing), null);
		}
		boolean sameAgent = request.offer().module().equals(this.module)
				&& request.offer().agent().id().equals(this.agent);
		if (!answered.isEmpty() && !sameAgent) {
			throw wrong("resume: another agent asked.");
		}
	}

	private static List<String> answered(RunInput input) {
		JsonNode resume = input.json().path("resume");
		if (resume.isMissingNode() || resume.isNull()) {
			return List.of();
		}
		if (!resume.isArray()) {
			throw wrong("resume: not a list.");
		}
		List<String> ids = resume.valueStream().map(OpenInterrupts::answer).toList();
		if (new HashSet<>(ids).size() < ids.size()) {
			throw wrong("resume: answers something twice.");
		}
		return ids;
	}

	private static String answer(JsonNode entry) {
		if (!entry.path("interruptId").isString() || !STATUSES.contains(entry.path("status").asString(""))) {
			throw wrong("resume: an entry without interruptId, or whose status is not resolved or cancelled.");
		}
		return entry.path("interruptId").stringValue();
	}

	private static Set<String> ids(List<ObjectNode> interrupts) {
		return interrupts.stream().map((interrupt) -> interrupt.path("id").asString("")).collect(Collectors.toSet());
	}

	// AG-UI leaves the form open; what is no time never expires.
	private static boolean isExpired(ObjectNode interrupt, Instant now) {
		try {
			return !OffsetDateTime.parse(interrupt.path("expiresAt").asString("")).toInstant().isAfter(now);
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static BffException wrong(String detail) {
		return new BffException(Failure.BAD_RESUME, detail, Map.of("field", "resume"), null);
	}

}
