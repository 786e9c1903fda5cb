package dev.pergola.bridge;

import dev.pergola.bridge.run.RunController;
import dev.pergola.bridge.run.Runs;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends all runs, so that their readers are told, and then what streams are left, before
 * the web server waits for open requests.
 */
class AgentShutdown implements ApplicationListener<ContextClosedEvent> {

	private final Runs runs;

	private final RunController controller;

	AgentShutdown(Runs runs, RunController controller) {
		this.runs = runs;
		this.controller = controller;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.runs.close();
		this.controller.closeStreams();
	}

}
