package dev.pergola.bff.upstreams;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.contracts.ContractProperties;
import dev.pergola.bff.resilience.UpstreamGuards;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what administrators are told of services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ UpstreamsProperties.class, ContractProperties.class })
public class UpstreamsConfiguration {

	@Bean
	UpstreamsController bffUpstreamsController(UpstreamGuards guards, ContractProperties contracts,
			UpstreamsProperties properties, Callers callers) {
		return new UpstreamsController(guards, contracts, properties.node(), callers);
	}

}
