package dev.pergola.shell;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;

import dev.pergola.session.AccessTokens;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The shell with a catalog the test sets, services that answer as it says, and limits of
 * fragments that are small.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = { "pergola.session.enabled=false", "pergola.registry-client.enabled=false",
		"pergola.shell.fragments.timeout=1s", "pergola.shell.fragments.max-size=64KB",
		"pergola.shell.fragments.max-form-size=1KB" })
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

		/**
		 * Stands for every service of the portal; one for all tests, so that they share
		 * the shell.
		 */
		@Bean(destroyMethod = "stop")
		FakeRegistry services() {
			return new FakeRegistry();
		}

		@Bean
		DynamicPropertyRegistrar addresses(FakeRegistry services) {
			return (properties) -> Stream.of("pergola.shell.registry-url", "pergola.shell.bff-url")
				.forEach((name) -> properties.add(name, services::url));
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
