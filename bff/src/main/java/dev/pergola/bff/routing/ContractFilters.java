package dev.pergola.bff.routing;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/** What holds calls against the descriptions of modules' services. */
public interface ContractFilters {

	/**
	 * The filter of a module's route.
	 * @param prefix path that is left out on the way to the service
	 * @return {@code null} when nobody looks at the module's calls
	 */
	@Nullable GatewayFilter of(String module, String prefix);

}
