package dev.pergola.bridge.driver;

import java.util.Locale;

import dev.pergola.bridge.agui.Resume;

/**
 * What a person may decide about a tool that waits for leave. Its name in small letters
 * is what an answer carries as `decision`.
 */
public enum Verdict {

	/** The tool is not used; the agent is told so and goes on. */
	REFUSE,

	/** The tool is used this time. */
	ONCE,

	/** The tool is used, and so are further calls of the kind in this conversation. */
	ALWAYS;

	/**
	 * Reads an answer; whatever is no clear leave is a refusal.
	 * @param lasting whether {@link #ALWAYS} was offered; it counts as {@link #ONCE}
	 * where not
	 */
	public static Verdict of(Resume answer, boolean lasting) {
		if (!answer.resolved()) {
			return REFUSE;
		}
		return switch (answer.payload().path("decision").asString("")) {
			case "once" -> ONCE;
			case "always" -> lasting ? ALWAYS : ONCE;
			default -> answer.payload().path("approved").asBoolean(false) ? ONCE : REFUSE;
		};
	}

	/** As answers carry it. */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
