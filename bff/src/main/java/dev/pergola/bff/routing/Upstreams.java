package dev.pergola.bff.routing;

import java.net.URI;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.resilience.UpstreamGuard;

/** Addresses of modules' services, as the routes of this moment have them. */
public interface Upstreams {

	/**
	 * Address of a module's service.
	 * @return without a slash at the end
	 * @throws BffException when the module is not there, or takes no calls
	 */
	URI get(String module);

	/**
	 * What each call to a module's service has to pass.
	 * @throws BffException when the module is not there, or takes no calls
	 */
	UpstreamGuard guard(String module);

}
