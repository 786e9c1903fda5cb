package dev.pergola.bff.runlog;

import java.io.IOException;
import java.time.Duration;

import dev.pergola.bff.TestRedis;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisRunHomeIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void aListOfRunsLeavesOutTheWholeOfWhatWasAsked() throws IOException {
		RunName name = new RunName("ada", "r");
		try (TestRedis redis = TestRedis.start();
				RedisRunHome home = new RedisRunHome(
						new RunLogProperties.Redis(redis.url(), "test:", Duration.ofMillis(30), Duration.ofSeconds(1),
								Duration.ofSeconds(10), DataSize.ofKilobytes(256), 1000),
						Duration.ofDays(3650), Duration.ofMinutes(15))) {
			await().atMost(SOON).until(() -> !home.isAway());
			assertThat(home.claim(TestRecords.going(name, "thread"), "").block(SOON)).isEqualTo(Claim.GRANTED);
			assertThat(home.find(name).block(SOON).facts()).isEqualTo("{\"whole\":1}");
			RunRecord listed = home.of("ada").single().block(SOON);
			assertThat(listed.facts()).isEqualTo("{}");
			assertThat(listed.threadId()).isEqualTo("thread");
			assertThat(listed.progress().outcome()).isEqualTo("RUNNING");
		}
	}

}
