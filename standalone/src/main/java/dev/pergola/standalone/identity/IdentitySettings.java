package dev.pergola.standalone.identity;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * What the demo identity provider needs to start.
 *
 * @param address address to listen on; a loopback address or the start is refused
 * @param port port to listen on
 * @param directory directory of the signing key
 * @param portalOrigin origin of the portal, where people are sent back to
 * @param clientSecret secret of client {@code pergola}
 */
public record IdentitySettings(String address, int port, Path directory, URI portalOrigin, String clientSecret) {

	/** Audience of access tokens; id tokens have the client's id instead. */
	public static final String AUDIENCE = "pergola-services";

	public static final String CLIENT = "pergola";

	/** Client as which people sign in from the command line. */
	public static final String COMMAND_LINE = "pergola-cli";

	/** Client of a program that calls for itself. */
	public static final String PROGRAM = "reports";

	public IdentitySettings {
		try {
			if (!InetAddress.getByName(address).isLoopbackAddress()) {
				throw new IllegalArgumentException(
						"identity address: %s (expected: a loopback address, it is a demo)".formatted(address));
			}
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("identity address: %s (expected: a loopback address)".formatted(address),
					ex);
		}
	}

	/**
	 * Issuer of the tokens.
	 * @return an origin without a path
	 */
	public URI issuer() {
		return URI.create("http://localhost:" + this.port);
	}

	@Override
	public String toString() {
		return "IdentitySettings[address=%s, port=%d]".formatted(this.address, this.port);
	}

}
