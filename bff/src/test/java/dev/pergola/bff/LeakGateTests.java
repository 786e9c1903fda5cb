package dev.pergola.bff;

import java.security.SecureRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The gates themselves close. */
@Tag("bff-27")
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

	@Test
	void aCallThatBlocksWhereNoneMayIsFound() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> Mono.fromCallable(() -> {
			Thread.sleep(1);
			return "slept";
		}).subscribeOn(Schedulers.parallel()).block()).withCauseInstanceOf(BlockingOperationError.class);
	}

	@Test
	void randomNumbersAreReadWhereNothingMayBlock() {
		assertThat(Mono.fromCallable(() -> {
			byte[] bytes = new byte[4096];
			new SecureRandom().nextBytes(bytes);
			return bytes;
		}).subscribeOn(Schedulers.parallel()).block()).hasSize(4096);
	}

}
