package dev.pergola.registry.publish;

import dev.pergola.registry.testing.TestDatabase;

class H2LockedPublishIntegrationTests extends LockedPublishContract {

	H2LockedPublishIntegrationTests() {
		super(TestDatabase.H2);
	}

}
