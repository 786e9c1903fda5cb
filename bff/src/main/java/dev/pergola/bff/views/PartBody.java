package dev.pergola.bff.views;

/**
 * Answer of an upstream to one call.
 *
 * @param json one JSON value as the upstream sent it, looked through but not parsed
 * @param keepable whether the upstream lets it be kept for a while
 */
record PartBody(byte[] json, boolean keepable) {

	/**
	 * Checks the bytes.
	 * @throws PartException when they are anything else
	 */
	PartBody {
		if (!JsonCheck.isOneValue(json)) {
			throw new PartException("invalid", 200);
		}
	}

}
