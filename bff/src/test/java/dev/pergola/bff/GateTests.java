package dev.pergola.bff;

import java.security.SecureRandom;

import dev.pergola.testing.LeakGate;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The gates are closed here. */
@Tag("bff-27")
class GateTests {

	@Test
	void everyBufferIsWatched() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
		assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class))
			.isInstanceOf(LeakGate.Detector.class);
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
