package dev.pergola.bff.routing;

import java.util.List;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;

/**
 * Runs a route's filters as they are: they were put together and sorted with the route.
 */
final class RouteHandler extends FilteringWebHandler {

	RouteHandler() {
		super(List.of(), false);
	}

	@Override
	protected List<GatewayFilter> getCombinedFilters(Route route) {
		return route.getFilters();
	}

}
