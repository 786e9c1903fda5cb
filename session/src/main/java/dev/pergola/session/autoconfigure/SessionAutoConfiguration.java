package dev.pergola.session.autoconfigure;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.LazyClientRegistrations;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;

/**
 * The portal session in a reactive web application.
 */
@AutoConfiguration(before = { WebFluxAutoConfiguration.class, ReactiveOAuth2ClientAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "pergola.session.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ SessionProperties.class, OAuth2ClientProperties.class })
public class SessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ReactiveClientRegistrationRepository clientRegistrations(OAuth2ClientProperties client,
			SessionProperties properties) {
		return new LazyClientRegistrations(client, properties.publicOrigin().toString());
	}

}
