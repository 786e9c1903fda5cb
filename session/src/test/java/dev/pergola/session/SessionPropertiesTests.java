package dev.pergola.session;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionPropertiesTests {

	@Test
	void aContradictionInTheCookieStopsTheStart() {
		refused(Map.of("cookie.secure", "false"), "browsers refuse __Host-pergola");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://portal.example.com        | expected: https
			https://portal.example.com/      | scheme, host and port only
			https://portal.example.com/app   | scheme, host and port only
			portal.example.com               | scheme, host and port only
			""")
	void anOriginBrowsersCannotKeepStopsTheStart(String origin, String message) {
		refused(Map.of("public-origin", origin), message);
	}

	@Test
	void plainCookiesArePossibleOnPlainHttp() {
		SessionProperties properties = bind(
				Map.of("public-origin", "http://demo.example.com", "cookie.secure", "false", "cookie.name", "pergola"));
		assertThat(properties.cookie().loginName()).isEqualTo("pergola-login");
	}

	@Test
	void plainCookiesStopTheStartOnHttps() {
		refused(Map.of("public-origin", "https://demo.example.com", "cookie.secure", "false", "cookie.name", "pergola"),
				"as the public origin is https");
	}

	@Test
	void idleIsNotLongerThanAbsolute() {
		refused(Map.of("lifetime.idle", "13h"), "at most lifetime.absolute");
	}

	private static void refused(Map<String, String> settings, String message) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(settings))
			.havingRootCause()
			.withMessageContaining(message);
	}

	private static SessionProperties bind(Map<String, String> settings) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		settings.forEach((name, value) -> source.put("pergola.session." + name, value));
		return new Binder(source).bindOrCreate("pergola.session", SessionProperties.class);
	}

}
