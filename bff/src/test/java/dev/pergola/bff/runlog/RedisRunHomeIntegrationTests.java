package dev.pergola.bff.runlog;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.pergola.bff.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisRunHomeIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void aListOfRunsLeavesOutTheWholeOfWhatWasAsked() throws IOException {
		RunName name = new RunName("ada", "r");
		try (TestRedis redis = TestRedis.start(); RedisRunHome home = home(redis, Duration.ofSeconds(10))) {
			await().atMost(SOON).until(() -> !home.isAway());
			assertThat(home.claim(TestRecords.going(name, "thread"), "").block(SOON)).isEqualTo(Claim.GRANTED);
			assertThat(home.find(name).block(SOON).facts()).isEqualTo("{\"whole\":1}");
			RunRecord listed = home.of("ada").single().block(SOON);
			assertThat(listed.facts()).isEqualTo("{}");
			assertThat(listed.threadId()).isEqualTo("thread");
			assertThat(listed.progress().outcome()).isEqualTo("RUNNING");
		}
	}

	@Test
	void aRunThatEndedAndWasForgottenWhileRedisWasAwayDoesNotGoOn() throws IOException {
		RunName name = new RunName("ada", "r");
		List<RunRecord> inherited = new CopyOnWriteArrayList<>();
		try (TestRedis redis = TestRedis.start(); RedisRunHome home = home(redis, Duration.ofSeconds(1))) {
			await().atMost(SOON).until(() -> !home.isAway());
			assertThat(home.claim(TestRecords.going(name, "thread"), "").block(SOON)).isEqualTo(Claim.GRANTED);
			redis.freeze();
			await().atMost(SOON).until(home::isAway);
			home.keep(TestRun.ended(name));
			home.retain((each) -> false);
			home.heir((run, events) -> inherited.add(run));
			redis.thaw();
			RedisClient client = RedisClient.create(redis.url());
			RedisCommands<String, String> commands = client.connect().sync();
			await().atMost(SOON).until(() -> commands.exists("test:going") == 0);
			await().atMost(SOON).until(() -> !home.isAway());
			assertThat(home.find(name).blockOptional(SOON)).isEmpty();
			assertThat(home.of("ada").collectList().block(SOON)).isEmpty();
			assertThat(inherited).isEmpty();
			client.shutdown();
		}
	}

	@Test
	void aRunIsCancelledAlsoWhereTheNoteWasLost() throws IOException {
		RunName name = new RunName("ada", "r");
		try (TestRedis redis = TestRedis.start(); RedisRunHome home = home(redis, Duration.ofSeconds(1))) {
			await().atMost(SOON).until(() -> !home.isAway());
			assertThat(home.claim(TestRecords.going(name, "t"), "").block(SOON)).isEqualTo(Claim.GRANTED);
			TestRun run = TestRun.going(name);
			home.keep(run);
			RedisClient client = RedisClient.create(redis.url());
			String record = new RunKeys("test:").record(name.digest());
			client.connect().sync().hset(record, "cancelling", "1");
			run.cancelled().block(SOON);
			client.shutdown();
		}
	}

	private static RedisRunHome home(TestRedis redis, Duration lease) {
		return new RedisRunHome(new RunLogProperties.Redis(redis.url(), "test:", Duration.ofMillis(30),
				Duration.ofSeconds(1), lease, DataSize.ofKilobytes(256), 1000), Duration.ofDays(3650),
				Duration.ofMinutes(15));
	}

}
