package dev.pergola.bff;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets random numbers be read on event loops: the kernel gives them without a wait, but
 * Java asks through a file.
 */
public final class RandomMayBeRead implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
	}

}
