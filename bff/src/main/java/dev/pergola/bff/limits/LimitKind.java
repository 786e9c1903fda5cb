package dev.pergola.bff.limits;

import java.util.Locale;

/** Whose calls are counted together. */
enum LimitKind {

	/** One person, at all modules. */
	PERSON,
	/** One person, at one module. */
	PERSON_MODULE,
	/** All people of one tenant. */
	TENANT,
	/** Everybody, at one module. */
	MODULE,
	/** One program that brings access tokens of its own. */
	CLIENT;

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/** Name as it stands in tags, headers and problems. */
	String label() {
		return this.label;
	}

}
