package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Transcript;

/** What runs have come to. */
final class Transcripts {

	private Transcripts() {
	}

	/** The conversation, with all that has come of the run. */
	static Transcript whole(Run run) {
		return upTo(run, Long.MAX_VALUE);
	}

	/**
	 * The conversation, with what has come of the run up to a place.
	 * @param sequence of the last event that counts
	 */
	static Transcript upTo(Run run, long sequence) {
		Transcript transcript = new Transcript(run.request().input().messages(), run.request().input().state());
		run.log()
			.slice(0, Integer.MAX_VALUE, Long.MAX_VALUE)
			.stream()
			.takeWhile((entry) -> entry.id().sequence() <= sequence)
			.forEach((entry) -> AgUiEvents.parse(new String(entry.value(), StandardCharsets.UTF_8))
				.ifPresent(transcript::accept));
		return transcript;
	}

}
