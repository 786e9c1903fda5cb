package dev.pergola.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The gate itself closes. */
class LeakGateTests {

	@Test
	void aBufferThatNobodyGivesBackIsFound() {
		new LeakGate().afterAll(null);
		lose();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> {
			for (int i = 0; i < 20; i++) {
				new LeakGate().afterAll(null);
			}
		}).withMessageStartingWith("LEAK: ");
	}

	private static void lose() {
		for (int i = 0; i < 100; i++) {
			ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(16);
			lost.writeByte(1);
		}
	}

}
