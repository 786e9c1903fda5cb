package dev.pergola.bff.routing;

import java.net.URI;
import java.util.List;

import dev.pergola.bff.resilience.UpstreamGuard;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.registry.client.CatalogSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * The route table that is valid now. A new one is made beside it and takes its place with
 * one write: a request sees the one or the other, never a mix.
 */
final class RouteTables implements Upstreams, ModuleRoutes, InitializingBean, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(RouteTables.class);

	private final CatalogSource catalog;

	private final RouteCompiler compiler;

	private final List<CatalogListener> listeners;

	private volatile RouteTable current;

	private Disposable subscription = () -> {
	};

	RouteTables(CatalogSource catalog, RouteCompiler compiler, List<CatalogListener> listeners) {
		this.catalog = catalog;
		this.compiler = compiler;
		this.listeners = List.copyOf(listeners);
		this.current = compiler.empty();
	}

	/** Takes over what is known before the first request comes. */
	@Override
	public void afterPropertiesSet() {
		accept(this.catalog.current());
		this.subscription = this.catalog.changes()
			.publishOn(Schedulers.boundedElastic(), 1)
			.subscribe(this::accept, (ex) -> log.error("catalog no longer followed", ex));
	}

	@Override
	public void destroy() {
		this.subscription.dispose();
	}

	RouteTable current() {
		return this.current;
	}

	@Override
	public URI get(String module) {
		String url = this.current.module(module).getUri().toString();
		return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
	}

	@Override
	public UpstreamGuard guard(String module) {
		return this.current.open(module).direct().guard();
	}

	@Override
	public @Nullable ModuleRoute find(String path) {
		return (this.current.entry(path) instanceof RouteEntry.Open open && open.isPlain()) ? open.direct() : null;
	}

	private synchronized void accept(Catalog next) {
		RouteTable before = this.current;
		if (next.revision() == before.revision() && !before.modules().isEmpty()) {
			return;
		}
		// Played again, it would bring back what was taken away.
		if (next.revision() < before.revision()) {
			log.warn("catalog refused: revision={} known={}", next.revision(), before.revision());
			return;
		}
		RouteTable table = this.compiler.compile(next, before);
		this.current = table;
		if (before.revision() != table.revision()) {
			log.info("routes swapped: revision={} modules={} broken={}", table.revision(), table.modules().size(),
					table.broken());
		}
		this.listeners.forEach((listener) -> tell(listener, next));
	}

	private static void tell(CatalogListener listener, Catalog next) {
		try {
			listener.onCatalog(next);
		}
		catch (RuntimeException ex) {
			log.error("catalog not taken over: revision={} by={}", next.revision(), listener, ex);
		}
	}

}
