package dev.pergola.manifests.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressRulesTests {

	private final AddressRules rules = new AddressRules(
			Set.of("Localhost", "*.internal", "*.localhost", "127.0.0.1", "::1", "169.254.169.254"),
			Set.of("Sidecar.internal", "*.local.example"));

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
			"192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
			"fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
			"64:ff9b:1:ffff::808:808", "2002:7f00:1::", "198.18.0.1" })
	@Tag("security-28")
	void refusesAddressesThatAreNotPublic(String address) {
		assertThat(this.rules.permits("partner.example", InetAddress.ofLiteral(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808",
			"64:ff9b:2::1", "198.20.0.1" })
	void permitsPublicAddresses(String address) {
		assertThat(this.rules.permits("partner.example", InetAddress.ofLiteral(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1", "::ffff:10.0.0.1",
			"64:ff9b::a00:1", "240.0.0.1", "8.8.8.8" })
	void permitsPrivateAddressesOfANamedHost(String address) {
		for (String host : List.of("people.internal", "a.b.internal", "PEOPLE.internal.")) {
			assertThat(this.rules.permits(host, InetAddress.ofLiteral(address))).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1", "0.0.0.0", "::", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1",
			"255.255.255.255", "64:ff9b::7f00:1", "2002:a9fe:a9fe::", "192.0.0.192", "100.100.100.200", "168.63.129.16",
			"fd00:ec2::254", "fd20:ce::254" })
	@Tag("security-28")
	void refusesTheMachineItselfItsLinkAndMetadataAlsoForANamedHost(String address) {
		assertThat(this.rules.permits("people.internal", InetAddress.ofLiteral(address))).isFalse();
		assertThat(this.rules.permits("sidecar.internal", InetAddress.ofLiteral(address))).isTrue();
		assertThat(this.rules.permits("a.local.example", InetAddress.ofLiteral(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "localhost.", "deals.localhost" })
	void permitsLoopbackForAHostThatSaysSoItself(String host) {
		assertThat(this.rules.permits(host, InetAddress.ofLiteral("127.0.0.1"))).isTrue();
		assertThat(this.rules.permits(host, InetAddress.ofLiteral("::1"))).isTrue();
		assertThat(this.rules.permits(host, InetAddress.ofLiteral("169.254.169.254"))).isFalse();
	}

	@Test
	void permitsALiteralLoopbackAddressThatIsNamed() {
		assertThat(this.rules.permits("127.0.0.1", InetAddress.ofLiteral("127.0.0.1"))).isTrue();
		assertThat(this.rules.permits("::1", InetAddress.ofLiteral("::1"))).isTrue();
		assertThat(this.rules.permits("127.0.0.2", InetAddress.ofLiteral("127.0.0.2"))).isFalse();
		assertThat(this.rules.permits("169.254.169.254", InetAddress.ofLiteral("169.254.169.254"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "internal", "internal.example", "localhost.example", "xlocalhost" })
	@Tag("security-28")
	void permitsNoHostThatOnlyLooksLikeANamedOne(String host) {
		assertThat(this.rules.permits(host, InetAddress.ofLiteral("127.0.0.1"))).isFalse();
	}

}
