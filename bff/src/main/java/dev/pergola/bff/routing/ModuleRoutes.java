package dev.pergola.bff.routing;

import org.jspecify.annotations.Nullable;

/** Routes to modules' services, as they are at this moment. */
public interface ModuleRoutes {

	/**
	 * The route of a path.
	 * @param path path of a request, without the query
	 * @return {@code null} when no module's service takes calls there
	 */
	@Nullable ModuleRoute find(String path);

}
