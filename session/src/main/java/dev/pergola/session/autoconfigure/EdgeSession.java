package dev.pergola.session.autoconfigure;

import dev.pergola.session.AccessTokens;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.bearer.BearerAccessTokens;
import dev.pergola.session.bearer.CheckedTokens;
import dev.pergola.session.problem.SessionProblemHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;

/**
 * The session is held by the bff in front: people come with their access token, and what
 * is refused here is not sent to sign in, as the edge would send it back at once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("pergola.session.behind-edge")
class EdgeSession {

	@Bean
	@ConditionalOnMissingBean
	AccessTokens accessTokens() {
		return new BearerAccessTokens();
	}

	@Bean
	@Order(SessionSecurity.PAGES_ORDER)
	SecurityWebFilterChain sessionPages(ServerHttpSecurity http, SessionProperties properties, CheckedTokens checked,
			ObjectProvider<ReactiveJwtDecoder> decoder) {
		ReactiveJwtDecoder jwtDecoder = decoder.getIfAvailable();
		if (jwtDecoder == null) {
			throw new MissingSettingException("pergola.session.behind-edge: true (expected: also"
					+ " spring.security.oauth2.resourceserver.jwt.issuer-uri, the issuer to check access tokens by)");
		}
		ServerAuthenticationEntryPoint entryPoint = (exchange, ex) -> {
			exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
			return SessionProblemHandler.signInRequired("Open the portal at %s.".formatted(properties.publicOrigin()))
				.write(exchange);
		};
		SessionSecurity.base(http)
			.authorizeExchange(SessionSecurity::pages)
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(entryPoint)
				.accessDeniedHandler(SessionSecurity.FORBIDDEN));
		return SessionSecurity.bearer(http, checked.over(jwtDecoder), properties, entryPoint).build();
	}

}
