package dev.pergola.bff.agents;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Looks after runs again and again; one look that fails is not the last. */
final class Sweeps {

	private static final Logger log = LoggerFactory.getLogger(Sweeps.class);

	private Sweeps() {
	}

	static Disposable every(Duration pause, Runnable look) {
		return Flux.interval(pause).onBackpressureDrop().subscribe((tick) -> {
			try {
				look.run();
			}
			catch (RuntimeException ex) {
				log.error("look after runs failed", ex);
			}
		});
	}

}
