package dev.pergola.registry.team;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of publishing by the identity token of a CI system.
 *
 * @param issuers Issuers whose identity tokens teams may name. The registry fetches the
 * keys of these and of no others.
 */
@ConfigurationProperties("pergola.registry.publishers")
public record PublisherProperties(@DefaultValue List<Issuer> issuers) {

	public PublisherProperties {
		issuers = List.copyOf(issuers);
		Set<String> seen = new HashSet<>();
		issuers.forEach((issuer) -> {
			if (!seen.add(issuer.issuer())) {
				throw new IllegalArgumentException(
						"pergola.registry.publishers.issuers: %s (expected: each once)".formatted(issuer.issuer()));
			}
		});
	}

	/**
	 * An issuer on the list.
	 * @param issuer claim {@code iss}, compared exactly
	 */
	public Optional<Issuer> find(@Nullable String issuer) {
		return this.issuers.stream().filter((each) -> each.issuer().equals(issuer)).findFirst();
	}

	/**
	 * An issuer of identity tokens.
	 *
	 * @param issuer Claim {@code iss} of its tokens.
	 * @param audience Name that must be among a token's audiences, unless the team's
	 * publisher names another.
	 * @param jwkSetUri Address of its keys, where they cannot be discovered.
	 */
	public record Issuer(String issuer, String audience, @Nullable URI jwkSetUri) {

		public Issuer {
			URI address = URI.create(issuer);
			if (address.getHost() == null || !Set.of("http", "https").contains(address.getScheme())) {
				throw new IllegalArgumentException(
						"pergola.registry.publishers.issuers.issuer: %s (expected: an http or https address)"
							.formatted(issuer));
			}
			if (audience == null || audience.isBlank()) {
				throw new IllegalArgumentException(
						"pergola.registry.publishers.issuers.audience: empty (expected: a name only this registry has)");
			}
		}

	}

}
