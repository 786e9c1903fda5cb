package dev.pergola.registry.publish;

import dev.pergola.registry.testing.TestDatabase;

class PostgresSweepMeetsUploadIntegrationTests extends SweepMeetsUploadContract {

	PostgresSweepMeetsUploadIntegrationTests() {
		super(TestDatabase.POSTGRES);
	}

}
