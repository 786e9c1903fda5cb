package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-15")
class WatchTests {

	@Test
	void looksAgainAlthoughMemoryRanOut() throws InterruptedException {
		CountDownLatch looks = new CountDownLatch(3);
		try (Watch watch = new Watch(() -> {
			looks.countDown();
			throw new OutOfMemoryError("no room");
		}, Duration.ofMillis(1))) {
			assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

}
