package dev.pergola.bridge.process;

class MarkedIntegrationTests extends ProcessTreeContract {

	@Override
	Isolation isolation() {
		return Isolation.NONE;
	}

}
