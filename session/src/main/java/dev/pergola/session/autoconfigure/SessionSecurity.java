package dev.pergola.session.autoconfigure;

import java.time.Clock;
import java.util.stream.Stream;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.bearer.BearerConverter;
import dev.pergola.session.bearer.BearerProperties;
import dev.pergola.session.bearer.CheckedTokens;
import dev.pergola.session.origin.PathGroups;
import dev.pergola.session.problem.Problem;
import dev.pergola.session.problem.SessionProblemHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.util.StringUtils;

/**
 * Security filter chains: one for what programs call, and what the last one, for pages,
 * is made of. Parts with rules of their own put theirs before these.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(BearerProperties.class)
class SessionSecurity {

	static final int MANAGEMENT_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	static final int API_ORDER = Ordered.LOWEST_PRECEDENCE - 200;

	static final int PAGES_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	private static final String[] NONE = {};

	private static final String[] PUBLIC = { "/assets/**", "/problems/**", "/favicon.ico", "/.well-known/**", "/logout",
			"/logout/connect/back-channel/**" };

	static final ServerAccessDeniedHandler FORBIDDEN = (exchange,
			ex) -> new Problem("forbidden", HttpStatus.FORBIDDEN, "Not allowed", "You may not do this.")
				.write(exchange);

	@Bean
	@Order(MANAGEMENT_ORDER)
	SecurityWebFilterChain sessionManagement(ServerHttpSecurity http) {
		// A management port of its own is kept from people by the network, not by
		// sign-in.
		return base(http.securityMatcher(
				(exchange) -> WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(),
						"management") ? MatchResult.match() : MatchResult.notMatch()))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.build();
	}

	@Bean
	CheckedTokens checkedTokens(BearerProperties properties, Environment environment) {
		boolean byIssuer = Stream.of("issuer-uri", "jwk-set-uri", "public-key-location")
			.anyMatch((name) -> StringUtils.hasText(environment.getProperty(JWT + name)));
		if (byIssuer && Binder.get(environment).bind(JWT + "audiences", String[].class).orElse(NONE).length == 0) {
			throw new MissingSettingException(JWT + "audiences: missing (expected: the audience of access tokens for"
					+ " the portal, as the issuer's other tokens would be taken, too)");
		}
		return new CheckedTokens(properties, Clock.systemUTC());
	}

	@Bean
	@Order(API_ORDER)
	SecurityWebFilterChain sessionApi(ServerHttpSecurity http, SessionProperties properties, CheckedTokens checked,
			ObjectProvider<ReactiveJwtDecoder> decoder) {
		ServerAuthenticationEntryPoint entryPoint = (exchange, ex) -> {
			exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
			return SessionProblemHandler.signInRequired("Sign in to the portal, or send a valid access token.")
				.write(exchange);
		};
		base(http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PathGroups.API.patterns())))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(entryPoint).accessDeniedHandler(FORBIDDEN));
		// Without an issuer to check them by, bearer tokens are not taken at all.
		decoder.ifAvailable((jwtDecoder) -> bearer(http, checked.over(jwtDecoder), properties, entryPoint));
		return http.build();
	}

	/** Who may open pages: everyone what is public, else people who are signed in. */
	static void pages(ServerHttpSecurity.AuthorizeExchangeSpec exchanges) {
		exchanges.pathMatchers(PUBLIC).permitAll().anyExchange().authenticated();
	}

	static ServerHttpSecurity bearer(ServerHttpSecurity http, ReactiveJwtDecoder jwtDecoder,
			SessionProperties properties, ServerAuthenticationEntryPoint entryPoint) {
		return http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(entryPoint)
			.accessDeniedHandler(FORBIDDEN)
			.jwt((jwt) -> jwt.jwtDecoder(jwtDecoder)
				.jwtAuthenticationConverter(new BearerConverter(properties.claims()))));
	}

	// Anti-forgery, headers and sign-out are our own, see origin and logout.
	static ServerHttpSecurity base(ServerHttpSecurity http) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(new WebSessionServerSecurityContextRepository());
	}

}
