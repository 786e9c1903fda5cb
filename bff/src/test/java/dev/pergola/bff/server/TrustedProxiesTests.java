package dev.pergola.bff.server;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("security-35")
class TrustedProxiesTests {

	private static final List<String> NETWORKS = List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32");

	private static final TrustedProxies PROXIES = new TrustedProxies(NETWORKS, ForwardedBy.X_FORWARDED);

	private static final TrustedProxies BY_RFC = new TrustedProxies(NETWORKS, ForwardedBy.FORWARDED);

	@ParameterizedTest
	@ValueSource(strings = { "11.0.0.1", "192.0.2.8", "2001:db9::1", "127.0.0.1" })
	void believesNobodyElse(String peer) {
		assertThat(PROXIES.origin(socket(peer), headers("x-forwarded-for", "1.2.3.4"))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "1.2.3.4 | 1.2.3.4", "6.6.6.6, 1.2.3.4 | 1.2.3.4", "6.6.6.6, 1.2.3.4, 10.1.1.1 | 1.2.3.4",
					"10.2.2.2, 10.1.1.1 | 10.2.2.2", "6.6.6.6, unknown | 10.9.9.9",
					"6.6.6.6, evil.example, 10.1.1.1 | 10.1.1.1", "1.2.3.4:4711 | 1.2.3.4",
					"[2001:db9::1]:80 | 2001:db9:0:0:0:0:0:1", "2001:db9::1 | 2001:db9:0:0:0:0:0:1",
					"fe80::1%eth0 | 10.9.9.9", "1.2.3.4:99999 | 10.9.9.9", "10.0.0.7:4294967295 | 10.9.9.9",
					"10.0.0.7:2147483648 | 10.9.9.9", "'' | 10.9.9.9", "1.2.3.4,, | 10.9.9.9", "1.2.3.256 | 10.9.9.9" })
	void takesTheFirstAddressThatIsNoTrustedProxys(String header, String client) {
		assertThat(client(PROXIES, "x-forwarded-for", header)).isEqualTo(client);
	}

	@Test
	void readsWhatTheNearestProxyWroteAboutSchemeAndHost() {
		HttpHeaders headers = headers("x-forwarded-proto", "http, HTTPS").add("x-forwarded-host", "evil.example")
			.add("x-forwarded-host", "portal.example:8443");
		Origin origin = PROXIES.origin(socket("10.9.9.9"), headers);
		assertThat(origin).isEqualTo(new Origin(socket("10.9.9.9"), "https", "portal.example:8443"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "portal.example/x", "a@portal.example", "", "a b" })
	void takesNoHostThatIsNone(String host) {
		HttpHeaders headers = headers("x-forwarded-host", host).add("x-forwarded-proto", "gopher");
		assertThat(PROXIES.origin(socket("10.9.9.9"), headers)).isEqualTo(new Origin(socket("10.9.9.9"), null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "for=1.2.3.4;proto=https | 1.2.3.4", "for=6.6.6.6, For=\"1.2.3.4:99\" ;proto=http | 1.2.3.4",
					"for=\"[2001:db9::1]:4711\" | 2001:db9:0:0:0:0:0:1", "for=6.6.6.6, for=_hidden | 10.9.9.9",
					"for=6.6.6.6;for=1.2.3.4 | 10.9.9.9", "garbage | 10.9.9.9",
					"for=\"6.6.6.6,for=1.2.3.4 | 10.9.9.9" })
	void readsTheHeaderOfTheRfcWhenProxiesWriteThat(String header, String client) {
		assertThat(client(BY_RFC, "forwarded", header)).isEqualTo(client);
	}

	@Test
	void readsOneKindOfHeaderOnly() {
		assertThat(client(PROXIES, "forwarded", "for=6.6.6.6")).isEqualTo("10.9.9.9");
		assertThat(client(BY_RFC, "x-forwarded-for", "6.6.6.6")).isEqualTo("10.9.9.9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy.example", "10.0.0.0/40", "10.0.0/8", "10.0.0.0/x", "10\\..*", "" })
	void takesNothingButAddressesAndBlocks(String network) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TrustedProxies(List.of(network), ForwardedBy.X_FORWARDED))
			.withMessageContaining("trusted proxy: " + network);
	}

	private static String client(TrustedProxies proxies, String name, String value) {
		Origin origin = proxies.origin(socket("10.9.9.9"), headers(name, value));
		assertThat(origin).isNotNull();
		return origin.client().getAddress().getHostAddress();
	}

	private static HttpHeaders headers(String name, String value) {
		return new DefaultHttpHeaders().add(name, value);
	}

	private static InetSocketAddress socket(String address) {
		return new InetSocketAddress(address, 0);
	}

}
