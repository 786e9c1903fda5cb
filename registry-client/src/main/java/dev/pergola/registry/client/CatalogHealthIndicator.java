package dev.pergola.registry.client;

import dev.pergola.registry.client.CatalogStatus.Origin;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Says how fresh the catalog is. A registry that is away is no reason to take a service
 * out of traffic: it goes on with what it knows.
 */
final class CatalogHealthIndicator implements ReactiveHealthIndicator {

	private final CatalogSource source;

	CatalogHealthIndicator(CatalogSource source) {
		this.source = source;
	}

	@Override
	public Mono<Health> health() {
		return Mono.fromSupplier(() -> health(this.source.status()));
	}

	private static Health health(CatalogStatus status) {
		Health.Builder health = (status.origin() == Origin.NONE) ? Health.unknown() : Health.up();
		health.withDetail("catalog", switch (status.origin()) {
			case NONE -> "not known yet";
			case DISK -> "catalog from disk";
			case REGISTRY -> status.connected() ? "catalog from the registry" : "last catalog of the registry";
		}).withDetail("revision", status.revision()).withDetail("connected", status.connected());
		if (status.heardAt() != null) {
			health.withDetail("heardAt", status.heardAt().toString());
		}
		if (status.problem() != null) {
			health.withDetail("problem", status.problem());
		}
		return health.build();
	}

}
