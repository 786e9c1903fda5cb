package dev.pergola.bridge;

import dev.pergola.bridge.run.Runs;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends all runs, and so their streams, before the web server waits for open requests.
 */
class AgentShutdown implements ApplicationListener<ContextClosedEvent> {

	private final Runs runs;

	AgentShutdown(Runs runs) {
		this.runs = runs;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.runs.close();
	}

}
