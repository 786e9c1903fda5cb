package dev.pergola.bff.routing;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells of the routes; a module without one is that module's trouble, not the portal's.
 */
final class RoutingHealth implements HealthIndicator {

	private final RouteTables tables;

	RoutingHealth(RouteTables tables) {
		this.tables = tables;
	}

	@Override
	public Health health() {
		RouteTable table = this.tables.current();
		return Health.up()
			.withDetail("revision", table.revision())
			.withDetail("modules", table.modules().size())
			.withDetail("broken", table.broken())
			.build();
	}

}
