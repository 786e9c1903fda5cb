package dev.pergola.bridge.process;

/** The same where nothing but bubblewrap holds a tree together. */
class BubblewrapAloneIntegrationTests extends BubblewrapIntegrationTests {

	@Override
	Isolation isolation() {
		return Isolation.NONE;
	}

}
