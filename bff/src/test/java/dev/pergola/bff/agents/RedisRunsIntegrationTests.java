package dev.pergola.bff.agents;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.pergola.bff.TestRedis;
import org.junit.jupiter.api.AfterAll;

class RedisRunsIntegrationTests extends RunsContract {

	private static final TestRedis redis = redis();

	RedisRunsIntegrationTests() {
		super("pergola.bff.agents.store=redis", "pergola.bff.agents.redis.url=" + redis.url());
	}

	@AfterAll
	static void stopRedis() throws IOException {
		redis.close();
	}

	private static TestRedis redis() {
		try {
			return TestRedis.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
