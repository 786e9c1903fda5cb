package dev.pergola.bff.routing;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Verdict;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;

/**
 * The gateway's mapping, with the table in the place of trying each route in turn. What
 * finds a route has proved its predicate, so it is not asked again.
 */
final class RouteTableMapping extends RoutePredicateHandlerMapping {

	private final RouteTables tables;

	RouteTableMapping(FilteringWebHandler handler, RouteTables tables, Environment environment) {
		super(handler, () -> Flux.fromIterable(tables.current().routes()), new GlobalCorsProperties(), environment);
		this.tables = tables;
	}

	@Override
	protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
		BffException verdict = Verdict.take(exchange.getRequest());
		if (verdict != null) {
			return Mono.error(verdict);
		}
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		try {
			Route route = this.tables.current().find(path);
			if (route != null) {
				validateRoute(route, exchange);
			}
			return Mono.justOrEmpty(route);
		}
		catch (BffException ex) {
			return Mono.error(ex);
		}
	}

	@Override
	protected String getSimpleName() {
		return "RouteTableMapping";
	}

}
