package dev.pergola.registry.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Addresses that nobody may make the registry call.
 */
@Tag("security-28")
class FetcherTests {

	private final Fetcher fetcher = new Fetcher(
			new EgressProperties(Set.of(), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1)));

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1/", "http://localhost/", "http://0.0.0.0/", "http://10.1.2.3/",
			"http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
			"http://224.0.0.1/", "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fd00::1]/",
			"http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/",
			"http://[2002:7f00:1::]/", "http://2130706433/", "http://0x7f.1/", "http://user@example.com/",
			"file:///etc/passwd", "ftp://example.com/", "jar:http://example.com/!/a", "http:///a", "//example.com/a" })
	void callsNothingInside(String url) {
		assertThatExceptionOfType(FetchRefusedException.class).isThrownBy(() -> this.fetcher.address(URI.create(url)));
	}

	@Test
	void connectsToTheAddressThatWasChecked() throws FetchRefusedException {
		Fetcher allowing = new Fetcher(
				new EgressProperties(Set.of("localhost"), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1)));
		assertThat(allowing.address(URI.create("http://localhost:81/a")).isUnresolved()).isFalse();
		assertThat(allowing.address(URI.create("https://localhost/a")).getPort()).isEqualTo(443);
		assertThat(this.fetcher.address(URI.create("https://93.184.215.14/a")).getHostString())
			.isEqualTo("93.184.215.14");
	}

}
