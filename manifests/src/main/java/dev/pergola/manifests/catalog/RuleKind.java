package dev.pergola.manifests.catalog;

import java.util.Arrays;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a rule goes by, in the order of precedence: the nearer comes first.
 */
public enum RuleKind {

	PERSON, TENANT, ROLE, GROUP,

	/** Everybody else, by the bucket they fall in. */
	SHARE;

	/**
	 * Name in JSON and sentences.
	 * @return lower case
	 */
	@JsonValue
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The kind of a name; {@link IllegalArgumentException} when there is none. */
	@JsonCreator
	public static RuleKind of(String text) {
		return Arrays.stream(values())
			.filter((kind) -> kind.text().equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("kind: %s (expected: one of %s)".formatted(text,
					Arrays.stream(values()).map(RuleKind::text).toList())));
	}

}
