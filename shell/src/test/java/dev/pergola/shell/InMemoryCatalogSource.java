package dev.pergola.shell;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.registry.client.CatalogStatus;
import reactor.core.publisher.Flux;

/** A catalog a test sets. */
public final class InMemoryCatalogSource implements CatalogSource {

	private final AtomicReference<Catalog> catalog = new AtomicReference<>(Catalog.EMPTY);

	private volatile boolean connected = true;

	public void set(Catalog catalog) {
		this.catalog.set(catalog);
		this.connected = true;
	}

	public void disconnect() {
		this.connected = false;
	}

	@Override
	public Catalog current() {
		return this.catalog.get();
	}

	@Override
	public Flux<Catalog> changes() {
		return Flux.just(current());
	}

	@Override
	public CatalogStatus status() {
		return new CatalogStatus(CatalogStatus.Origin.REGISTRY, this.connected, current().revision(),
				Instant.parse("2026-11-22T18:00:00Z"), this.connected ? null : "connection refused");
	}

}
