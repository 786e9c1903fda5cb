package dev.pergola.session;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;

/** Everything a session can do, in Redis. */
class RedisSessionIntegrationTests extends SessionIntegrationTests {

	private TestRedis redis;

	@Override
	List<String> settings() throws IOException {
		this.redis = new TestRedis();
		return this.redis.settings();
	}

	@AfterAll
	void stopRedis() throws IOException {
		this.redis.close();
	}

}
