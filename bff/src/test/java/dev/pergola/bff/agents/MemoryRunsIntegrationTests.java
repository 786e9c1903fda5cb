package dev.pergola.bff.agents;

class MemoryRunsIntegrationTests extends RunsContract {

	MemoryRunsIntegrationTests() {
		super("pergola.bff.agents.store=memory");
	}

}
