package dev.pergola.samples.partnerships;

/** There is no partnership with this id. */
class PartnershipNotFoundException extends RuntimeException {

	PartnershipNotFoundException(String id) {
		super("There is no partnership " + id + ".");
	}

}
