package dev.pergola.bff.resilience;

import java.util.Locale;

/** Why a call was not made. */
enum RefusalKind {

	/** As many calls in flight to the module as are allowed. */
	MODULE_LIMIT,
	/** As many calls in flight to the upstream as it takes. */
	UPSTREAM_LIMIT,
	/** The circuit is open. */
	CIRCUIT_OPEN;

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/** Name as it stands in tags. */
	String label() {
		return this.label;
	}

}
