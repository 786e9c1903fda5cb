package dev.pergola.bff;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may be waited for on event loops, because it is over at once: random numbers,
 * which the kernel gives without a wait but Java asks for through a file, and the lock
 * that Netty's allocator holds while it adds a pool for one more thread.
 */
public final class ShortWaits implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines");
	}

}
