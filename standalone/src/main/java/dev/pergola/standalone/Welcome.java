package dev.pergola.standalone;

import dev.pergola.standalone.identity.DemoPerson;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The last lines of a start: where to go and who can sign in.
 */
final class Welcome {

	private static final Log log = LogFactory.getLog(Welcome.class);

	private Welcome() {
	}

	static void say(StandaloneProperties properties) {
		log.info("");
		log.info("  Open " + properties.publicOrigin());
		if (properties.identity().enabled()) {
			log.info("  Sign in as one of these; the password is the name:");
			DemoPerson.all().forEach((person) -> log.info("    %-10s %s".formatted(person.id(), person.about())));
		}
		log.info("  Ctrl-C stops everything.");
	}

}
