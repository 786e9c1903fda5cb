package dev.pergola.bff.contracts;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.files.ModuleFiles;
import dev.pergola.bff.routing.ContractFilters;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires contracts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContractProperties.class)
public class ContractsConfiguration {

	@Bean
	ContractChecks bffContractChecks(ContractProperties properties, MeterRegistry registry) {
		return new ContractChecks(properties, registry);
	}

	@Bean
	ContractFilters bffContractFilters(ContractProperties properties, ContractChecks checks, ModuleFiles files,
			Callers callers, LiveModules modules) {
		Contracts contracts = new Contracts(files, properties);
		return (module, prefix) -> (properties.of(module) != ContractMode.OFF)
				? new ContractFilter(module, prefix, properties, new LiveContracts(callers, modules, contracts), checks)
				: null;
	}

}
