package dev.pergola.bff;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Agent;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Upstream;
import dev.pergola.manifests.View;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.registry.client.CatalogStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A catalog that tests write. */
public final class TestCatalog implements CatalogSource {

	private final Sinks.Many<Catalog> changes = Sinks.many().replay().latestOrDefault(Catalog.EMPTY);

	private volatile Catalog current = Catalog.EMPTY;

	/** Makes these modules the catalog, at the next revision. */
	public synchronized Catalog put(CatalogModule... modules) {
		Catalog next = new Catalog(this.current.revision() + 1, Instant.now(), List.of(modules), Navigation.NONE);
		this.current = next;
		this.changes.emitNext(next, Sinks.EmitFailureHandler.FAIL_FAST);
		return next;
	}

	@Override
	public Catalog current() {
		return this.current;
	}

	@Override
	public Flux<Catalog> changes() {
		return this.changes.asFlux();
	}

	@Override
	public CatalogStatus status() {
		throw new UnsupportedOperationException();
	}

	/** A module with nothing but a service. */
	public static CatalogModule module(String name, String url) {
		return module(name, url, null, List.of(), List.of());
	}

	public static CatalogModule module(String name, String url, Duration timeout, List<View> views,
			List<Agent> agents) {
		return of(name, url, (url != null) ? new Upstream(URI.create(url), timeout, null, null) : null, views, agents);
	}

	/** A module whose service has a description. */
	public static CatalogModule described(String name, String url, String openapi) {
		return of(name, url, new Upstream(URI.create(url), null, openapi, null), List.of(), List.of());
	}

	private static CatalogModule of(String name, String url, Upstream upstream, List<View> views, List<Agent> agents) {
		Manifest manifest = new Manifest(1, name, "1.0.0", null, null, null, null, null, null, null, null, null,
				upstream, views, agents, null);
		return new CatalogModule(name, name, true, null, (url != null) ? URI.create(url) : null,
				List.of(RolloutShare.of("1.0.0", 100)), List.of(), Map.of(), Map.of("1.0.0", manifest));
	}

	public static CatalogModule disabled(CatalogModule module, String reason) {
		return new CatalogModule(module.module(), module.team(), false, reason, module.upstreamUrl(), module.rollout(),
				module.overrides(), module.channels(), module.versions());
	}

	/** The same module many times, under other names. */
	public static CatalogModule[] many(int count, String url) {
		List<CatalogModule> modules = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			modules.add(module("m" + i, url));
		}
		return modules.toArray(CatalogModule[]::new);
	}

}
