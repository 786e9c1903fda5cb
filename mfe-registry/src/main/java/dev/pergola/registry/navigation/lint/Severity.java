package dev.pergola.registry.navigation.lint;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much a finding weighs. */
public enum Severity {

	/** Must not be published. */
	ERROR,

	/** People will notice. */
	WARNING,

	/** May be meant so. */
	NOTE;

	@JsonValue
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
