package dev.pergola.session.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.TestRedis;
import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.redis.StoreProperties;
import dev.pergola.session.store.SessionEnds;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoreSettingsTests {

	@Test
	void sessionsAreInMemoryUnlessToldOtherwise() {
		assertThat(bind(Map.of(), StoreProperties.class).store()).isEqualTo(StoreProperties.Place.MEMORY);
	}

	@Test
	void aPlaceNobodyKnowsStopsTheStart() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("store", "post-it"), StoreProperties.class));
	}

	@Test
	void redisWithoutAKeyStopsTheStart() {
		assertThatExceptionOfType(MissingSettingException.class).isThrownBy(() -> start(Map.of()))
			.withMessageStartingWith("pergola.session.keys: missing");
	}

	@Test
	void aKeyThatIsTooShortStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> start(Map.of("keys", "c2hvcnQ=")))
			.withMessageStartingWith("keys: 5 bytes (expected: 32");
	}

	@Test
	void aSessionInUseMustNotEnd() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> start(Map.of("keys", TestRedis.KEY, "redis.last-use", "3m", "lifetime.idle", "5m")))
			.withMessageStartingWith("redis.last-use: PT3M (expected: at most half of lifetime.idle");
	}

	@Test
	void secretsAreNotShown() {
		StoreProperties properties = bind(Map.of("keys", TestRedis.KEY, "redis.password", "hush", "redis.url",
				"redis://user:quiet@redis.example:6379"), StoreProperties.class);
		assertThat(properties + " " + properties.redis()).doesNotContain(TestRedis.KEY)
			.doesNotContain("hush")
			.doesNotContain("quiet");
	}

	private static void start(Map<String, String> settings) {
		SessionProperties properties = bind(settings, SessionProperties.class);
		new RedisSession()
			.redisSessions(bind(settings, StoreProperties.class), properties, new SessionUsers(properties.claims()),
					new SessionEnds())
			.close();
	}

	private static <T> T bind(Map<String, String> settings, Class<T> type) {
		Map<String, String> source = new HashMap<>();
		settings.forEach((name, value) -> source.put("pergola.session." + name, value));
		return new Binder(new MapConfigurationPropertySource(source)).bindOrCreate("pergola.session", type);
	}

}
