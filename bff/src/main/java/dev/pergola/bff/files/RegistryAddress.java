package dev.pergola.bff.files;

/**
 * Where the registry is.
 *
 * @param url without a slash at the end
 * @param token service token
 */
record RegistryAddress(String url, String token) {

	RegistryAddress {
		url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	/** Without the token. */
	@Override
	public String toString() {
		return this.url;
	}

}
