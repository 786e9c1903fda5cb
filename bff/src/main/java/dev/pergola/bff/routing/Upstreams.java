package dev.pergola.bff.routing;

import java.net.URI;

import dev.pergola.bff.problem.BffException;

/** Addresses of modules' services, as the routes of this moment have them. */
public interface Upstreams {

	/**
	 * Address of a module's service.
	 * @return without a slash at the end
	 * @throws BffException when the module is not there, or takes no calls
	 */
	URI get(String module);

}
