package dev.pergola.registry.publish;

import dev.pergola.registry.testing.TestDatabase;

class H2SweepMeetsUploadIntegrationTests extends SweepMeetsUploadContract {

	H2SweepMeetsUploadIntegrationTests() {
		super(TestDatabase.H2);
	}

}
