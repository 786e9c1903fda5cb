package dev.pergola.bff.agents.operations;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import dev.pergola.bff.agui.AgUiEvents;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads out of a run's events how far it is. */
final class EventReader {

	private EventReader() {
	}

	/**
	 * A run after an event.
	 * @return the same record when the event says nothing new
	 */
	static LedgerEntry after(LedgerEntry run, ObjectNode event, Instant now) {
		return switch (AgUiEvents.type(event)) {
			case "RUN_STARTED" -> run;
			case "CUSTOM" -> custom(run, event, now);
			case "RUN_FINISHED" -> finished(spent(run, event.path("usage")), event.path("outcome"), now);
			case "RUN_ERROR" -> spent(run, event.path("usage")).ended(RunState.FAILED, now,
					new LedgerEntry.Failure(event.path("code").asString(""), event.path("message").asString("")));
			default -> run.started(now).answered(now);
		};
	}

	private static LedgerEntry custom(LedgerEntry run, ObjectNode event, Instant now) {
		JsonNode value = event.path("value");
		return switch (event.path("name").asString("")) {
			case "pergola.queue" -> {
				int position = value.path("position").asInt(0);
				yield (position > 0) ? run.queuedAt(position) : run.started(now);
			}
			case "pergola.usage" -> spent(run.started(now), value.has("usage") ? value.path("usage") : value);
			default -> run.started(now).answered(now);
		};
	}

	// What is told is the whole of the run so far; an end without it keeps what is known.
	private static LedgerEntry spent(LedgerEntry run, JsonNode usage) {
		return run.atLeast(Tokens.of(usage));
	}

	private static LedgerEntry finished(LedgerEntry run, JsonNode outcome, Instant now) {
		return switch (outcome.path("type").asString("")) {
			case "cancelled" -> run.ended(RunState.CANCELLED, now, null);
			case "interrupt" -> run.asking(now, last(outcome.path("interrupts")));
			default -> run.ended(RunState.FINISHED, now, null);
		};
	}

	/** When nothing of what is asked can be answered any more. */
	private static @Nullable Instant last(JsonNode interrupts) {
		Instant last = null;
		for (JsonNode interrupt : interrupts) {
			Instant until = time(interrupt.path("expiresAt").asString(""));
			if (until == null) {
				return null;
			}
			last = (last == null || until.isAfter(last)) ? until : last;
		}
		return last;
	}

	// AG-UI leaves the form open; what is no time never expires.
	private static @Nullable Instant time(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
