package dev.pergola.bff.runlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptsIntegrationTests {

	private static final RunKeys KEYS = new RunKeys("test:");

	private static final RunName ASKS = new RunName("ada", "asks");

	private static final String THREAD = "thread";

	private static TestRedis redis;

	private static RedisClient client;

	private static StatefulRedisConnection<String, String> connection;

	@BeforeAll
	static void start() throws IOException {
		redis = TestRedis.start();
		client = RedisClient.create(redis.url());
		connection = client.connect();
	}

	@AfterAll
	static void stop() throws IOException {
		connection.close();
		client.shutdown();
		redis.close();
	}

	@Test
	void anEndThatIsWrittenTwiceDoesNotAskAgainWhatIsAnswered() {
		claim(ASKS, "");
		assertThat(end(ASKS)).isEqualTo(1);
		assertThat(waiting()).isEqualTo("asks");
		assertThat(claim(new RunName("ada", "answers"), "asks")).isEqualTo("GRANTED");
		assertThat(end(ASKS)).as("as after an answer that was late").isEqualTo(1);
		assertThat(waiting()).isNull();
	}

	private static String waiting() {
		return connection.sync().hget(KEYS.threads(ASKS), THREAD);
	}

	private static String claim(RunName name, String waiting) {
		List<String> values = new ArrayList<>(List.of(name.digest(), "1", "60000", THREAD, waiting, "node", "0"));
		values.addAll(RecordFields.all(TestRecords.going(name, THREAD), "node"));
		return Script.CLAIM
			.<String>run(connection.async(),
					List.of(KEYS.record(name.digest()), KEYS.of(name), KEYS.threads(name), KEYS.going()), values)
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
	}

	private static long end(RunName name) {
		RunRecord.Progress progress = TestRecords.ended(name, THREAD, "[{\"id\":\"a\"}]").progress();
		List<String> fields = RecordFields.progress(progress, "", true);
		List<String> values = new ArrayList<>(List.of("1", name.digest(), "100", "60000", "1", THREAD, name.runId(),
				Integer.toString(fields.size())));
		values.addAll(fields);
		values.addAll(List.of("1", "1", "{\"type\":\"RUN_FINISHED\"}"));
		return Script.APPEND
			.<Long>run(connection.async(),
					List.of(KEYS.record(name.digest()), KEYS.events(name.digest()), KEYS.threads(name), KEYS.going()),
					values)
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
	}

}
