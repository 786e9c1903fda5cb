package dev.pergola.bff.events;

import java.time.Clock;
import java.util.Map;

import dev.pergola.bff.routing.CatalogListener;
import dev.pergola.bff.streams.CursorLog;
import dev.pergola.manifests.catalog.Catalog;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/** The events of this process: one log that every browser reads at its own place. */
final class EventHub implements CatalogListener, DisposableBean {

	/** What {@link PushedEvent} takes in memory, about. */
	private static final int EVENT_BYTES = 200;

	private final CursorLog<PushedEvent> log;

	private final Clock clock;

	private volatile @Nullable PushedEvent catalog;

	EventHub(EventProperties properties, Clock clock) {
		this.clock = clock;
		this.log = new CursorLog<>(clock.millis(),
				new CursorLog.Bounds(properties.maxEvents(), Long.MAX_VALUE, properties.maxLag()));
	}

	@Override
	public void onCatalog(Catalog next) {
		if (next.revision() > 0) {
			PushedEvent event = new PushedEvent("catalog", "catalog.changed", this.clock.instant(),
					Map.of("revision", next.revision()));
			this.catalog = event;
			this.log.append(event, EVENT_BYTES);
		}
	}

	CursorLog<PushedEvent> log() {
		return this.log;
	}

	/** The last change of the catalog, {@code null} before any. */
	@Nullable PushedEvent catalog() {
		return this.catalog;
	}

	@Override
	public void destroy() {
		this.log.close();
	}

}
