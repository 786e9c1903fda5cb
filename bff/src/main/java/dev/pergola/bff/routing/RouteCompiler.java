package dev.pergola.bff.routing;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.resilience.UpstreamGuard;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes route tables: with the gateway's Java interface, so that nothing a team wrote is
 * ever read as an expression. What has not changed is taken over as it is.
 */
final class RouteCompiler {

	private static final Logger log = LoggerFactory.getLogger(RouteCompiler.class);

	private final GatewayFilters filters;

	private final UpstreamGuards guards;

	private final ContractFilters contracts;

	private final RoutingProperties properties;

	private final @Nullable Route registry;

	private final @Nullable Route shell;

	RouteCompiler(GatewayFilters filters, UpstreamGuards guards, ContractFilters contracts,
			RoutingProperties properties, ForwardProperties forward, URI registryUrl) {
		this.filters = filters;
		this.guards = guards;
		this.contracts = contracts;
		this.properties = properties;
		Duration timeout = forward.forwardTimeout();
		this.registry = forward.registryForward() ? route("the registry", registryUrl, timeout,
				filters.registry(registryUrl), (path) -> path.startsWith("/registry/")) : null;
		URI shellUrl = forward.shellUrl();
		this.shell = (shellUrl != null) ? route("the shell", shellUrl, timeout, filters.shell(shellUrl),
				(path) -> !RouteTable.isOwn(path) && !path.startsWith("/registry/")) : null;
	}

	/** Table without modules. */
	RouteTable empty() {
		return new RouteTable(0, Map.of(), this.registry, this.shell);
	}

	/**
	 * The table of a catalog. A module that cannot be routed harms no other.
	 * @param previous what unchanged modules' routes are taken from
	 */
	RouteTable compile(Catalog catalog, RouteTable previous) {
		Map<String, RouteEntry> modules = new HashMap<>();
		for (CatalogModule module : catalog.modules()) {
			RouteEntry before = previous.modules().get(module.module());
			modules.put(module.module(), (before != null && isSame(before.source(), module)) ? before : entry(module));
		}
		return new RouteTable(catalog.revision(), modules, this.registry, this.shell);
	}

	private RouteEntry entry(CatalogModule module) {
		if (!module.enabled()) {
			String reason = (module.reason() != null) ? module.reason() : "An administrator switched it off.";
			return new RouteEntry.Closed(module, Failure.MODULE_DISABLED, reason);
		}
		URI upstream = module.upstreamUrl();
		if (upstream == null) {
			return new RouteEntry.Closed(module, Failure.MODULE_WITHOUT_UPSTREAM, "This module has no service.");
		}
		try {
			UpstreamGuard guard = this.guards.of(upstream, module.module(), module.team());
			GatewayFilter contract = this.contracts.of(module.module(), RouteTable.MODULES + module.module());
			return new RouteEntry.Open(module, route(module, upstream, guard, contract),
					ModuleRoute.of(module.module(), module.team(), upstream, RouteTable.MODULES + module.module(),
							timeout(module), guard, this.properties.rules(module.module())),
					contract == null);
		}
		catch (RuntimeException ex) {
			log.error("module without route: module={} because={}", module.module(), ex.toString());
			return new RouteEntry.Closed(module, Failure.MODULE_BROKEN, "The service of this module cannot be called.");
		}
	}

	private Route route(CatalogModule module, URI upstream, UpstreamGuard guard, @Nullable GatewayFilter contract) {
		boolean isHttp = "http".equals(upstream.getScheme()) || "https".equals(upstream.getScheme());
		if (!isHttp || upstream.getHost() == null || upstream.getRawUserInfo() != null || upstream.getRawQuery() != null
				|| upstream.getRawFragment() != null) {
			throw new IllegalArgumentException(
					"upstreamUrl: %s (expected: http or https, host, path)".formatted(upstream));
		}
		String prefix = RouteTable.MODULES + module.module();
		Duration timeout = timeout(module);
		return route(module.module(), upstream, timeout,
				this.filters.module(upstream, prefix, guard, timeout, this.properties.rules(module.module()), contract),
				(path) -> path.equals(prefix) || path.startsWith(prefix + "/"));
	}

	private static Route route(String id, URI upstream, Duration timeout, List<GatewayFilter> filters,
			Predicate<String> path) {
		Predicate<ServerWebExchange> predicate = (exchange) -> path
			.test(exchange.getRequest().getPath().pathWithinApplication().value());
		return Route.async()
			.id(id)
			.uri(upstream)
			.predicate(predicate)
			.replaceFilters(filters)
			.metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, timeout.toMillis())
			.build();
	}

	/** The longest that a live version asks for: no version is cut short by another. */
	private Duration timeout(CatalogModule module) {
		return module.versions()
			.values()
			.stream()
			.map(Manifest::upstream)
			.filter(Objects::nonNull)
			.map((upstream) -> this.properties.limited(upstream.timeout()))
			.max(Duration::compareTo)
			.orElseGet(() -> this.properties.limited(null));
	}

	private boolean isSame(CatalogModule before, CatalogModule now) {
		return before == now || (before.enabled() == now.enabled() && before.team().equals(now.team())
				&& Objects.equals(before.reason(), now.reason())
				&& Objects.equals(before.upstreamUrl(), now.upstreamUrl()) && timeout(before).equals(timeout(now)));
	}

}
