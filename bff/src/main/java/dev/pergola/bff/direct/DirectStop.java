package dev.pergola.bff.direct;

import java.util.concurrent.CompletableFuture;

import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Lets direct calls come to their end when this process stops. The web server waits for
 * its own requests, knows nothing of these and would close their connections: so its turn
 * comes after them, at the latest when the time of a phase is over
 * ({@code spring.lifecycle.timeout-per-shutdown-phase}).
 */
final class DirectStop implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	private final DirectPath path;

	private final boolean graceful;

	private volatile boolean running;

	private volatile CompletableFuture<Void> over = CompletableFuture.completedFuture(null);

	/**
	 * Creates the stop.
	 * @param graceful whether there is anything to wait for
	 */
	DirectStop(DirectPath path, boolean graceful) {
		this.path = path;
		this.graceful = graceful;
	}

	/** From here on calls take the long way, and streams end. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		CompletableFuture<Void> stopped = this.path.stop();
		this.over = this.graceful ? stopped : this.over;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		stop();
		this.over.whenComplete((nothing, ex) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Of two phases, the one with the higher number stops first. */
	@Override
	public int getPhase() {
		return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE + 1;
	}

}
