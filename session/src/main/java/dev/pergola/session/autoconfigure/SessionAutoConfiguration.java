package dev.pergola.session.autoconfigure;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.origin.AntiForgeryFilter;
import dev.pergola.session.origin.SecurityHeadersFilter;
import dev.pergola.session.problem.SessionProblemHandler;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebSessionIdResolverAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The portal session in a reactive web application.
 */
@AutoConfiguration(before = { WebFluxAutoConfiguration.class, WebSessionIdResolverAutoConfiguration.class,
		ReactiveOAuth2ClientAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "pergola.session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SessionProperties.class)
@Import({ SessionSecurity.class, RedisSession.class, HeldSession.class, EdgeSession.class })
public class SessionAutoConfiguration {

	@Bean
	AntiForgeryFilter antiForgeryFilter(SessionProperties properties) {
		return new AntiForgeryFilter(properties);
	}

	@Bean
	SecurityHeadersFilter securityHeadersFilter(SessionProperties properties) {
		return new SecurityHeadersFilter(properties);
	}

	@Bean
	SessionProblemHandler sessionProblemHandler() {
		return new SessionProblemHandler();
	}

}
