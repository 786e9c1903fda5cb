package dev.pergola.bff.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.route.Route;

/**
 * All routes at one revision of the catalog; never changes. A route is found by the first
 * segments of the path, however many there are.
 *
 * @param modules by name of the module
 * @param registry route of {@code /registry/**}, {@code null} when it is not forwarded
 * @param shell route of everything nobody else owns, {@code null} when there is none
 */
record RouteTable(long revision, Map<String, RouteEntry> modules, @Nullable Route registry, @Nullable Route shell) {

	static final String MODULES = "/api/";

	private static final String REGISTRY = "/registry/";

	private static final List<String> OWN = List.of("/api/", "/views/", "/agents/", "/modules/", "/openapi/",
			"/upstreams/", "/.well-known/mercure/");

	RouteTable {
		modules = Map.copyOf(modules);
	}

	/**
	 * The route of a path.
	 * @param path as it was sent
	 * @return {@code null} when no route takes it
	 * @throws BffException when it is a module's, and the module takes no calls
	 */
	@Nullable Route find(String path) {
		if (path.startsWith(MODULES)) {
			return module(moduleOf(path));
		}
		if (path.startsWith(REGISTRY)) {
			return this.registry;
		}
		return isOwn(path) ? null : this.shell;
	}

	/**
	 * What a call to a module's service meets; {@code null} when there is no such module.
	 */
	@Nullable RouteEntry entry(String path) {
		return path.startsWith(MODULES) ? this.modules.get(moduleOf(path)) : null;
	}

	/** All routes, in the order of their names; the shell's last. */
	List<Route> routes() {
		List<Route> routes = new ArrayList<>();
		this.modules.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((entry) -> {
			if (entry.getValue() instanceof RouteEntry.Open open) {
				routes.add(open.route());
			}
		});
		if (this.registry != null) {
			routes.add(this.registry);
		}
		if (this.shell != null) {
			routes.add(this.shell);
		}
		return routes;
	}

	/** Modules whose route could not be made. */
	List<String> broken() {
		return this.modules.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() instanceof RouteEntry.Closed closed
					&& closed.failure() == Failure.MODULE_BROKEN)
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

	static boolean isOwn(String path) {
		String whole = path + "/";
		return OWN.stream().anyMatch(whole::startsWith);
	}

	/**
	 * The route of a module.
	 * @throws BffException when the module is not there, or takes no calls
	 */
	Route module(String module) {
		return open(module).route();
	}

	/**
	 * Where calls of a module go.
	 * @throws BffException when the module is not there, or takes no calls
	 */
	RouteEntry.Open open(String module) {
		return switch (this.modules.get(module)) {
			case RouteEntry.Open open -> open;
			case RouteEntry.Closed closed ->
				throw new BffException(closed.failure(), closed.detail(), Map.of("module", module), null);
			case null -> throw new BffException(Failure.UNKNOWN_MODULE, "There is no such module.");
		};
	}

	private static String moduleOf(String path) {
		int end = path.indexOf('/', MODULES.length());
		return path.substring(MODULES.length(), (end < 0) ? path.length() : end);
	}

}
