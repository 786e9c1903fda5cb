package dev.pergola.bff.egress;

import java.net.ConnectException;

/** The address a name resolved to is one that calls may not go to. */
public final class AddressRefusedException extends ConnectException {

	AddressRefusedException(String host) {
		super("address of %s: refused (expected: public, or as pergola.bff.egress.allowed-hosts and local-hosts say)"
			.formatted(host));
	}

}
