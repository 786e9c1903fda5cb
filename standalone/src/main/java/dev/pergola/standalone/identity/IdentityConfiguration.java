package dev.pergola.standalone.identity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Beans of the demo identity provider. Auto-configurations are listed one by one, so that
 * nothing of the portal's class path starts here.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
		SecurityFilterAutoConfiguration.class })
@Import({ IdentitySecurity.class, SignInPage.class })
class IdentityConfiguration {

	private static final String TENANT = "demo";

	@Bean
	UserDetailsService people() {
		return new InMemoryUserDetailsManager(DemoPerson.all()
			.stream()
			.map((person) -> User.withUsername(person.id())
				.password("{noop}" + person.id())
				.roles(person.roles().toArray(String[]::new))
				.build())
			.toList());
	}

	@Bean
	RegisteredClientRepository clients(IdentitySettings settings) {
		String portal = settings.portalOrigin().toString();
		RegisteredClient client = RegisteredClient.withId(UUID.randomUUID().toString())
			.clientId(IdentitySettings.CLIENT)
			.clientSecret("{noop}" + settings.clientSecret())
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
			.redirectUri(portal + "/login/oauth2/code/pergola")
			.postLogoutRedirectUri(portal + "/logout")
			.scopes((scopes) -> scopes.addAll(List.of(OidcScopes.OPENID, OidcScopes.PROFILE)))
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
			.tokenSettings(TokenSettings.builder()
				.accessTokenTimeToLive(Duration.ofMinutes(5))
				.refreshTokenTimeToLive(Duration.ofHours(12))
				.reuseRefreshTokens(false)
				.build())
			.build();
		return new InMemoryRegisteredClientRepository(client, commandLine(), program());
	}

	/** A program that calls for itself, with its name as its secret, as people have. */
	private static RegisteredClient program() {
		return RegisteredClient.withId(UUID.randomUUID().toString())
			.clientId(IdentitySettings.PROGRAM)
			.clientSecret("{noop}" + IdentitySettings.PROGRAM)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5)).build())
			.build();
	}

	/** A public client: anybody can read what a program on their machine holds. */
	private static RegisteredClient commandLine() {
		return RegisteredClient.withId(UUID.randomUUID().toString())
			.clientId(IdentitySettings.COMMAND_LINE)
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("http://127.0.0.1/callback")
			.scopes((scopes) -> scopes.addAll(List.of(OidcScopes.OPENID, OidcScopes.PROFILE)))
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
			.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofHours(1)).build())
			.build();
	}

	@Bean
	JWKSource<SecurityContext> signingKeys(IdentitySettings settings) {
		return new ImmutableJWKSet<>(new JWKSet(SigningKey.load(settings.directory())));
	}

	@Bean
	JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
		return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
	}

	@Bean
	AuthorizationServerSettings authorizationServerSettings(IdentitySettings settings) {
		return AuthorizationServerSettings.builder().issuer(settings.issuer().toString()).build();
	}

	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims() {
		return (context) -> {
			boolean accessToken = OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType());
			context.getClaims().claims((claims) -> {
				claims.putAll(claims(context));
				if (accessToken) {
					claims.put("aud", List.of(IdentitySettings.AUDIENCE));
					claims.put("client_id", context.getRegisteredClient().getClientId());
				}
			});
		};
	}

	private static Map<String, Object> claims(JwtEncodingContext context) {
		Authentication principal = Objects.requireNonNull(context.getPrincipal());
		String id = principal.getName();
		if (id.equals(IdentitySettings.PROGRAM)) {
			return Map.of("name", "Reports", "permissions", DemoPerson.work(), "tenant", TENANT);
		}
		Optional<DemoPerson> found = DemoPerson.all().stream().filter((person) -> person.id().equals(id)).findFirst();
		return found
			.<Map<String, Object>>map((person) -> Map.of("name", person.name(), "roles", person.roles(), "permissions",
					person.permissions(), "teams", person.teams(), "tenant", TENANT))
			.orElseGet(Map::of);
	}

}
