package dev.pergola.cli.login;

/**
 * A registry somebody uses.
 *
 * @param url address of the portal
 * @param token team token; never printed
 */
public record Login(String url, String token) {

	@Override
	public String toString() {
		return "Login[url=%s]".formatted(this.url);
	}

}
