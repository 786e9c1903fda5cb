package dev.pergola.samples.partnerships;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Who may do what, by the claims {@code permissions} and {@code roles} of the access
 * token.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

	private static final AuthorizationManager<RequestAuthorizationContext> READ = AuthorityAuthorizationManager
		.hasAuthority("partnerships:read");

	private static final AuthorizationManager<RequestAuthorizationContext> WRITE = AuthorizationManagers
		.allOf(new AuthorizationDecision(false), READ, AuthorityAuthorizationManager.hasAnyRole("business", "admin"));

	@Bean
	JwtDecoder jwtDecoder(PartnershipsProperties properties) {
		// Asked on first use: the issuer may start after this service.
		JwtDecoder decoder = new SupplierJwtDecoder(
				() -> JwtDecoders.fromIssuerLocation(properties.issuer().toString()));
		return (token) -> {
			try {
				return decoder.decode(token);
			}
			catch (JwtDecoderInitializationException ex) {
				throw new JwtException("issuer: no answer", ex);
			}
		};
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, ProblemWriter problems) {
		http.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.anonymous((anonymous) -> {
			})
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/health")
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.access(READ)
				.anyRequest()
				.access(WRITE))
			.exceptionHandling((failures) -> failures.accessDeniedHandler(problems::forbidden)
				.authenticationEntryPoint(problems::unauthorized))
			.oauth2ResourceServer((resources) -> resources.accessDeniedHandler(problems::forbidden)
				.authenticationEntryPoint(problems::unauthorized)
				.withObjectPostProcessor(failuresTo(problems))
				.jwt((jwt) -> jwt.jwtAuthenticationConverter(converter())));
		return http.build();
	}

	@Bean
	ProblemWriter problemWriter(tools.jackson.databind.json.JsonMapper mapper) {
		return new ProblemWriter(mapper);
	}

	private static ObjectPostProcessor<BearerTokenAuthenticationFilter> failuresTo(ProblemWriter problems) {
		return new ObjectPostProcessor<>() {
			@Override
			public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
				filter.setAuthenticationFailureHandler(problems::unauthorized);
				return filter;
			}
		};
	}

	private static JwtAuthenticationConverter converter() {
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter((jwt) -> {
			List<GrantedAuthority> authorities = new ArrayList<>();
			names(jwt, "permissions").forEach((name) -> authorities.add(new SimpleGrantedAuthority(name)));
			names(jwt, "roles").forEach((name) -> authorities.add(new SimpleGrantedAuthority("ROLE_" + name)));
			return authorities;
		});
		return converter;
	}

	private static List<String> names(Jwt jwt, String claim) {
		@Nullable List<String> names = jwt.getClaimAsStringList(claim);
		return (names != null) ? names : List.of();
	}

}
