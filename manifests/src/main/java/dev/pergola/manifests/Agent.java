package dev.pergola.manifests;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A program that works on a request: a runner an operator configured, or a path on the
 * module's own upstream; exactly one of the two.
 *
 * @param id unique in the module
 * @param runner name of the runner, {@code null} when {@code http} is given
 * @param http where the upstream runs the agent, {@code null} when {@code runner} is
 * given
 * @param requires names that must all be among the person's roles and permissions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Agent(String id, LocalizedText title, @Nullable String runner, @Nullable AgentHttp http,
		List<String> requires) {

	public Agent {
		title = (title != null) ? title : LocalizedText.NONE;
		requires = Copies.of(requires);
		if ((runner == null) == (http == null)) {
			throw new IllegalArgumentException(
					"agent %s: runner %s and http %s (expected: exactly one of them)".formatted(id, runner, http));
		}
	}

	/** Title in a language, else a readable form of the id; never empty. */
	public String titleIn(Locale locale) {
		return this.title.in(locale).orElseGet(() -> LocalizedText.readable(this.id));
	}

}
