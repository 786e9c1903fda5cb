package dev.pergola.standalone.identity;

import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * Filter chains of the demo identity provider: the protocol's endpoints first, then the
 * sign-in page.
 */
@EnableWebSecurity
class IdentitySecurity {

	@Bean
	@Order(1)
	SecurityFilterChain protocol(HttpSecurity http) {
		OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
		return http.securityMatcher(server.getEndpointsMatcher())
			.with(server, (configurer) -> configurer.oidc(Customizer.withDefaults()))
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.exceptionHandling((handling) -> handling.defaultAuthenticationEntryPointFor(
					new LoginUrlAuthenticationEntryPoint("/sign-in"), new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http, IdentitySettings settings) {
		// Browsers hold form-action against the redirects after the form as well; the
		// command line waits at a port of its own.
		String policy = "default-src 'none'; img-src data:; style-src 'self'; form-action 'self' %s http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'"
			.formatted(settings.portalOrigin());
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/", "/sign-in", "/sign-in.css", "/error")
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin((form) -> form.loginPage("/sign-in").defaultSuccessUrl(settings.portalOrigin().toString()))
			.headers((headers) -> headers.contentSecurityPolicy((csp) -> csp.policyDirectives(policy)))
			.build();
	}

}
