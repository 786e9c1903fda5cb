package dev.pergola.samples.partnerships;

/** Somebody else changed the partnership in the meantime. */
class StalePartnershipException extends RuntimeException {

	private final transient Partnership current;

	StalePartnershipException(Partnership current) {
		super("Somebody changed this partnership in the meantime; it is at revision " + current.revision() + " now.");
		this.current = current;
	}

	Partnership current() {
		return this.current;
	}

}
