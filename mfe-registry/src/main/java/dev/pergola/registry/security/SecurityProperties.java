package dev.pergola.registry.security;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may call.
 *
 * @param serviceToken Token that bff and shell send. None of them gets in without it.
 * @param servicePublishes Whether the service token may also publish and roll out for
 * every team, as a process that brings its own modules does.
 * @param commandLineClientId Client with PKCE and a loopback redirect at the issuer, as
 * which people sign in from the command line. Without it they cannot.
 * @param jwt Access tokens of people.
 */
@ConfigurationProperties("pergola.registry")
public record SecurityProperties(@Nullable String serviceToken, @DefaultValue("false") boolean servicePublishes,
		@Nullable String commandLineClientId, @DefaultValue Jwt jwt) {

	private static final int MIN_LENGTH = 16;

	public SecurityProperties {
		if (serviceToken != null && serviceToken.isBlank()) {
			serviceToken = null;
		}
		if (serviceToken != null && serviceToken.length() < MIN_LENGTH) {
			throw new IllegalArgumentException(
					"pergola.registry.service-token: too short (expected: %d characters)".formatted(MIN_LENGTH));
		}
	}

	@Override
	public String toString() {
		return "SecurityProperties[jwt=%s]".formatted(this.jwt);
	}

	/**
	 * Access tokens of people.
	 *
	 * @param issuerUri Issuer of access tokens. It may be down when the registry starts.
	 * By default {@code spring.security.oauth2.resourceserver.jwt.issuer-uri}.
	 * @param jwkSetUri Address of the issuer's keys, where they cannot be discovered.
	 * @param audience Name that must be among a token's audiences, if set.
	 * @param rolesClaim Claim with roles; a dot goes into an object.
	 * @param permissionsClaim Claim with permissions.
	 * @param teamsClaim Claim with teams.
	 */
	public record Jwt(@Nullable String issuerUri, @Nullable String jwkSetUri, @Nullable String audience,
			@DefaultValue("roles") String rolesClaim, @DefaultValue("permissions") String permissionsClaim,
			@DefaultValue("teams") String teamsClaim) {

		/** These settings with an issuer, if they have none. */
		Jwt or(@Nullable String commonIssuer) {
			boolean isSet = this.issuerUri != null && !this.issuerUri.isBlank();
			return isSet ? this : new Jwt(commonIssuer, this.jwkSetUri, this.audience, this.rolesClaim,
					this.permissionsClaim, this.teamsClaim);
		}

	}

}
