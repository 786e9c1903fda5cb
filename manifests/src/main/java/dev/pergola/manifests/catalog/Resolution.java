package dev.pergola.manifests.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Version somebody gets, and why.
 *
 * @param reason a plain sentence naming the rule that decided, such as
 * {@code group beta is given 1.1.0}
 * @param rule the same for programs
 */
public record Resolution(String subject, String version, String reason, Rule rule) {

	/**
	 * The rule that decided.
	 *
	 * @param name person, tenant, role or group it names, {@code null} for a share
	 * @param channel channel whose shares were looked at, {@code null} when the rule
	 * gives a version
	 * @param bucket bucket the person falls in there, 0 to 9,999, {@code null} when
	 * everyone gets the same
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Rule(RuleKind kind, @Nullable String name, @Nullable String channel, @Nullable Integer bucket) {

	}

}
