package dev.pergola.session.autoconfigure;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.bearer.BearerConverter;
import dev.pergola.session.login.LoginEnd;
import dev.pergola.session.login.LoginParametersFilter;
import dev.pergola.session.login.LoginRequests;
import dev.pergola.session.login.PendingLoginCookie;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.login.SignInEntryPoint;
import dev.pergola.session.origin.PathGroups;
import dev.pergola.session.problem.Problem;
import dev.pergola.session.problem.SessionProblemHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * Security filter chains: one for what programs call, the last one for pages. Parts with
 * rules of their own put theirs before these.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SessionSecurity {

	static final int MANAGEMENT_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	static final int API_ORDER = Ordered.LOWEST_PRECEDENCE - 200;

	static final int PAGES_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private static final String[] PUBLIC = { "/assets/**", "/problems/**", "/favicon.ico", "/.well-known/**", "/logout",
			"/logout/connect/back-channel/**" };

	private final ServerAccessDeniedHandler forbidden = (exchange,
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
	@Order(API_ORDER)
	SecurityWebFilterChain sessionApi(ServerHttpSecurity http, SessionProperties properties,
			ObjectProvider<ReactiveJwtDecoder> decoder) {
		ServerAuthenticationEntryPoint entryPoint = (exchange, ex) -> {
			exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
			return SessionProblemHandler.signInRequired("Sign in to the portal, or send a valid access token.")
				.write(exchange);
		};
		base(http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PathGroups.API.patterns())))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(entryPoint).accessDeniedHandler(this.forbidden));
		// Without an issuer to check them by, bearer tokens are not taken at all.
		decoder.ifAvailable(
				(jwtDecoder) -> http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(entryPoint)
					.accessDeniedHandler(this.forbidden)
					.jwt((jwt) -> jwt.jwtDecoder(jwtDecoder)
						.jwtAuthenticationConverter(new BearerConverter(properties.claims())))));
		return http.build();
	}

	@Bean
	@Order(PAGES_ORDER)
	SecurityWebFilterChain sessionPages(ServerHttpSecurity http, SessionProperties properties, PendingLogins logins,
			ReactiveClientRegistrationRepository registrations) {
		LoginEnd end = new LoginEnd();
		return base(http)
			.authorizeExchange((exchanges) -> exchanges.pathMatchers(PUBLIC).permitAll().anyExchange().authenticated())
			.addFilterBefore(new LoginParametersFilter(), SecurityWebFiltersOrder.HTTP_BASIC)
			.oauth2Login((login) -> login
				.authenticationMatcher(
						new PathPatternParserServerWebExchangeMatcher("/login/oauth2/code/{registrationId}"))
				.authorizationRequestRepository(new PendingLoginCookie(logins, properties))
				.authorizationRequestResolver(new LoginRequests(registrations))
				.authenticationSuccessHandler(end)
				.authenticationFailureHandler(end))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(new SignInEntryPoint(properties))
				.accessDeniedHandler(this.forbidden))
			.build();
	}

	// Anti-forgery, headers and sign-out are our own, see origin and logout.
	private static ServerHttpSecurity base(ServerHttpSecurity http) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(new WebSessionServerSecurityContextRepository());
	}

}
