package dev.pergola.registry.security;

import java.time.Clock;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.team.PublisherProperties;
import dev.pergola.registry.team.PublisherStore;
import dev.pergola.registry.team.TeamProperties;
import dev.pergola.registry.team.TokenStore;
import dev.pergola.registry.web.ProblemHandler;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * The security of {@code /registry/**}, as the decision page "How the parts meet" says
 * under "Who may call what". Whose module it is, is decided where the module is known.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

	private static final String API = "/registry/v1";

	private static final String EXCHANGE = API + "/exchange/";

	/** Issuer of a process of several parts. */
	private static final String COMMON_ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

	private static final String ROLE_SERVICE = "service";

	private static final String ROLE_ADMINISTRATOR = "admin";

	private static final String ROLE_DEVELOPER = "developer";

	private static final String ROLE_TEAM_TOKEN = "team-token";

	private static final String ROLE_PIPELINE = "pipeline";

	private static final String ROLE_PUBLISHER = "publisher";

	@Bean
	BearerTokens registryBearerTokens(SecurityProperties properties, TeamProperties teams, TokenStore store,
			PublisherProperties publishers, PublisherStore publisherStore, Journal journal, Environment environment) {
		Clock clock = Clock.systemUTC();
		FailureLimit limit = new FailureLimit(teams.tokens().failuresPerMinute(), clock);
		SecurityProperties.Jwt jwt = properties.jwt().or(environment.getProperty(COMMON_ISSUER));
		if (publishers.find(jwt.issuerUri()).isPresent()) {
			throw new IllegalArgumentException(
					"pergola.registry.publishers.issuers: %s (expected: not the issuer of people's tokens)"
						.formatted(jwt.issuerUri()));
		}
		return new BearerTokens(properties, new TeamTokens(store, journal, limit, clock),
				new PipelineTokens(publishers, publisherStore, journal, limit), AccessTokens.create(jwt));
	}

	@Bean
	SignInController registrySignInController(SecurityProperties properties, Environment environment) {
		return new SignInController(properties.jwt().or(environment.getProperty(COMMON_ISSUER)).issuerUri(),
				properties.commandLineClientId());
	}

	/**
	 * Without a bearer token the security context of the web session counts, where there
	 * is one. Its requests carry the anti-forgery header that the session's own filter
	 * asks for; Spring's token would only shut out bearer calls.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 50)
	SecurityWebFilterChain registrySecurity(ServerHttpSecurity http, BearerTokens bearerTokens,
			ProblemHandler problems) {
		var failed = new ServerAuthenticationEntryPointFailureHandler(problems::unauthenticated);
		failed.setRethrowAuthenticationServiceException(false);
		return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/registry/**"))
			.authorizeExchange(SecurityConfiguration::rules)
			.oauth2ResourceServer((server) -> server.bearerTokenConverter(new ExchangeTokens(EXCHANGE))
				.authenticationManagerResolver(bearerTokens)
				.authenticationEntryPoint(problems::unauthenticated)
				.authenticationFailureHandler(failed)
				.accessDeniedHandler(problems::forbidden))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(problems::unauthenticated)
				.accessDeniedHandler(problems::forbidden))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.build();
	}

	private static void rules(AuthorizeExchangeSpec rules) {
		rules.pathMatchers(HttpMethod.GET, API + "/schema/**", API + "/openapi.json", API + "/sign-in")
			.permitAll()
			.pathMatchers(HttpMethod.GET, API + "/catalog", API + "/catalog/watch")
			.hasAnyRole(ROLE_SERVICE, ROLE_ADMINISTRATOR, ROLE_DEVELOPER)
			.pathMatchers(HttpMethod.GET, API + "/modules/**")
			.hasAnyRole(ROLE_SERVICE, ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE)
			.pathMatchers(HttpMethod.GET, API + "/revisions", API + "/revisions/diff")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE)
			.pathMatchers(HttpMethod.GET, API + "/revisions/*/catalog")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER)
			.pathMatchers(HttpMethod.GET, API + "/navigation/**", API + "/audit", API + "/teams", API + "/teams/*")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER)
			.pathMatchers(HttpMethod.GET, EXCHANGE + "**")
			.authenticated()
			.pathMatchers(EXCHANGE + "**")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE, ROLE_PUBLISHER)
			.pathMatchers(HttpMethod.POST, API + "/reports")
			.authenticated()
			.pathMatchers(API + "/teams/*/tokens/**", API + "/teams/*/members/**", API + "/teams/*/publishers/**")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER)
			.pathMatchers(HttpMethod.PUT, API + "/modules/*/team")
			.hasRole(ROLE_ADMINISTRATOR)
			.pathMatchers(HttpMethod.PUT, API + "/navigation")
			.hasRole(ROLE_ADMINISTRATOR)
			.pathMatchers(HttpMethod.POST, API + "/modules/*/guard/resume")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PUBLISHER)
			.pathMatchers(HttpMethod.POST, API + "/revisions/*/restore")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE)
			.pathMatchers(HttpMethod.PUT, API + "/modules/**")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE, ROLE_PUBLISHER)
			.pathMatchers(HttpMethod.DELETE, API + "/modules/*/plans/*")
			.hasAnyRole(ROLE_ADMINISTRATOR, ROLE_DEVELOPER, ROLE_TEAM_TOKEN, ROLE_PIPELINE, ROLE_PUBLISHER)
			.anyExchange()
			.hasAuthority(Caller.ADMINISTRATOR);
	}

}
