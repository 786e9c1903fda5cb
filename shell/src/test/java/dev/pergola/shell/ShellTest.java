package dev.pergola.shell;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.pergola.session.AccessTokens;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** The shell with a catalog the test sets, and nobody else. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = { "pergola.session.enabled=false", "pergola.registry-client.enabled=false" })
@Import(ShellTest.Surroundings.class)
public @interface ShellTest {

	/** What the shell needs of other parts. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	class Surroundings {

		@Bean
		InMemoryCatalogSource catalogSource() {
			return new InMemoryCatalogSource();
		}

		@Bean
		AccessTokens accessTokens() {
			return (exchange) -> Mono.just("token-of-the-person");
		}

		@Bean
		SecurityWebFilterChain everythingIsPermitted(ServerHttpSecurity http) {
			return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.authorizeExchange((exchange) -> exchange.anyExchange().permitAll())
				.build();
		}

	}

}
