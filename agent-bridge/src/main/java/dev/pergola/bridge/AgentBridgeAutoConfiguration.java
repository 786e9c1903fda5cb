package dev.pergola.bridge;

import java.nio.file.Path;
import java.util.Objects;

import dev.pergola.bridge.driver.Drivers;
import dev.pergola.bridge.gateway.ModelGateway;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.run.RunController;
import dev.pergola.bridge.run.Runs;
import dev.pergola.bridge.runner.Runners;
import dev.pergola.bridge.trace.Traces;
import dev.pergola.bridge.trace.TracingProperties;
import dev.pergola.bridge.web.ProblemHandler;
import dev.pergola.bridge.web.ServiceToken;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/**
 * The agent-bridge in whichever process it is put.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.agent-bridge.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ AgentBridgeProperties.class, TracingProperties.class })
public class AgentBridgeAutoConfiguration {

	@Bean
	Runners agentRunners(AgentBridgeProperties properties) {
		return new Runners(properties.runners());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnProperty("pergola.agent-bridge.model-gateway.upstream")
	ModelGateway agentModelGateway(AgentBridgeProperties properties) {
		return new ModelGateway(Objects.requireNonNull(properties.modelGateway()));
	}

	@Bean(destroyMethod = "close")
	Launcher agentLauncher(AgentBridgeProperties properties, ObjectProvider<ModelGateway> gateway) {
		Path directory = Objects.requireNonNullElseGet(properties.directory(),
				() -> Path.of(System.getProperty("java.io.tmpdir"), "pergola-agent-bridge"));
		Launcher launcher = new Launcher(directory, properties.isolation(), properties.cgroup(),
				gateway.getIfAvailable());
		launcher.check(properties.runners());
		return launcher;
	}

	@Bean(destroyMethod = "close")
	Runs bridgeRuns(Runners runners, AgentBridgeProperties properties, Launcher launcher, MeterRegistry meters,
			Traces traces) {
		return new Runs(runners, properties.limits(), launcher, Drivers::of, meters, traces);
	}

	@Bean(destroyMethod = "close")
	Traces agentTraces(TracingProperties properties) {
		return new Traces(properties);
	}

	@Bean
	AgentShutdown agentShutdown(Runs runs, RunController controller) {
		return new AgentShutdown(runs, controller);
	}

	@Bean
	RunController agentRunController(Runners runners, Runs runs, AgentBridgeProperties properties) {
		return new RunController(runners, runs, properties.heartbeat(), (int) properties.maxInput().toBytes());
	}

	@Bean
	ProblemHandler agentProblemHandler() {
		return new ProblemHandler();
	}

	@Bean
	@Order(-20)
	SecurityWebFilterChain agentBridgeSecurity(ServerHttpSecurity http, AgentBridgeProperties properties) {
		AuthenticationWebFilter service = new AuthenticationWebFilter((ReactiveAuthenticationManager) Mono::just);
		service.setServerAuthenticationConverter(new ServiceToken(properties.serviceToken()));
		service.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
		return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/bridge/**"))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.addFilterAt(service, SecurityWebFiltersOrder.AUTHENTICATION)
			.authorizeExchange((exchanges) -> exchanges.anyExchange().hasRole("service"))
			.exceptionHandling((errors) -> errors
				.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
			.build();
	}

}
