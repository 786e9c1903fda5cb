package dev.pergola.registry.publish;

import dev.pergola.registry.testing.TestDatabase;

class PostgresLockedPublishIntegrationTests extends LockedPublishContract {

	PostgresLockedPublishIntegrationTests() {
		super(TestDatabase.POSTGRES);
	}

}
