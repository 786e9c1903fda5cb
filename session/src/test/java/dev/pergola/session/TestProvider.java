package dev.pergola.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A real authorization server. The first access token of a session expires at once, so
 * that the first use refreshes it.
 */
final class TestProvider implements AutoCloseable {

	/** Calls of the token endpoint with a refresh token. */
	static final AtomicInteger refreshes = new AtomicInteger();

	/** Status every refresh is answered with, 0 for the real answer. */
	static final AtomicInteger refreshStatus = new AtomicInteger();

	/** Calls of the revocation endpoint. */
	static final AtomicInteger revocations = new AtomicInteger();

	private final ConfigurableApplicationContext context;

	private final int port;

	TestProvider(int port, String portal) {
		this.port = port;
		this.context = new SpringApplicationBuilder(Configuration.class).web(WebApplicationType.SERVLET)
			.run("--spring.config.name=none", "--server.port=" + port, "--test.portal=" + portal,
					"--test.issuer=" + issuer(), "--server.servlet.session.cookie.name=provider");
	}

	String issuer() {
		return "http://localhost:" + this.port;
	}

	/** A token signed with the provider's key. */
	String sign(Map<String, Object> claims, String type) {
		NimbusJwtEncoder encoder = new NimbusJwtEncoder(this.context.getBean(JWKSource.class));
		JwtClaimsSet set = JwtClaimsSet.builder().claims((all) -> all.putAll(claims)).build();
		JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).type(type).build();
		return encoder.encode(JwtEncoderParameters.from(header, set)).getTokenValue();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableWebSecurity
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class })
	static class Configuration {

		@Bean
		FilterRegistrationBean<Filter> watch() {
			FilterRegistrationBean<Filter> watch = new FilterRegistrationBean<>((request, response, chain) -> {
				HttpServletRequest http = (HttpServletRequest) request;
				if (http.getRequestURI().equals("/oauth2/revoke")) {
					revocations.incrementAndGet();
				}
				if ("refresh_token".equals(http.getParameter("grant_type"))) {
					refreshes.incrementAndGet();
					if (refreshStatus.get() != 0) {
						((HttpServletResponse) response).sendError(refreshStatus.get());
						return;
					}
				}
				chain.doFilter(request, response);
			});
			watch.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return watch;
		}

		@Bean
		@Order(1)
		SecurityFilterChain protocol(HttpSecurity http) {
			OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
			return http.securityMatcher(server.getEndpointsMatcher())
				.with(server, (configurer) -> configurer.oidc(Customizer.withDefaults()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http) {
			return http.formLogin(Customizer.withDefaults()).csrf((csrf) -> csrf.disable()).build();
		}

		@Bean
		UserDetailsService people() {
			return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}ann").build(),
					User.withUsername("bob").password("{noop}bob").build());
		}

		@Bean
		RegisteredClientRepository clients(Environment environment) {
			String portal = environment.getRequiredProperty("test.portal");
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
				.clientId("pergola")
				.clientSecret("{noop}secret")
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
				.redirectUri(portal + "/login/oauth2/code/pergola")
				.postLogoutRedirectUri(portal + "/logout")
				.scope("openid")
				.clientSettings(ClientSettings.builder().requireProofKey(true).build())
				.tokenSettings(TokenSettings.builder()
					.accessTokenTimeToLive(Duration.ofHours(1))
					.reuseRefreshTokens(false)
					.build())
				.build());
		}

		@Bean
		JWKSource<SecurityContext> keys() throws Exception {
			RSAKey key = new RSAKeyGenerator(2048).keyID("test").generate();
			return new ImmutableJWKSet<>(new JWKSet(key));
		}

		@Bean
		JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

		@Bean
		AuthorizationServerSettings settings(Environment environment) {
			return AuthorizationServerSettings.builder().issuer(environment.getRequiredProperty("test.issuer")).build();
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> claims() {
			return (context) -> {
				context.getClaims().claim("roles", List.of("business")).claim("permissions", List.of("deals:read"));
				boolean accessToken = "access_token".equals(context.getTokenType().getValue());
				if (accessToken) {
					context.getClaims().audience(List.of("services"));
				}
				if (accessToken
						&& AuthorizationGrantType.AUTHORIZATION_CODE.equals(context.getAuthorizationGrantType())) {
					context.getClaims().expiresAt(Instant.now().plusSeconds(10));
				}
			};
		}

	}

}
