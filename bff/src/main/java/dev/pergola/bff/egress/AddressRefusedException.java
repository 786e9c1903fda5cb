package dev.pergola.bff.egress;

import java.net.ConnectException;

/** The address a name resolved to is one that calls may not go to. */
public final class AddressRefusedException extends ConnectException {

	AddressRefusedException(String host) {
		super("address of %s: refused (expected: public, or the host in pergola.bff.egress.allowed-hosts)"
			.formatted(host));
	}

}
