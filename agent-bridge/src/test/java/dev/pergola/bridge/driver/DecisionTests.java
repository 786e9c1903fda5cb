package dev.pergola.bridge.driver;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionTests {

	private final Logger audit = (Logger) LoggerFactory.getLogger("dev.pergola.bridge.audit");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.lines.start();
		this.audit.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		this.audit.detachAppender(this.lines);
	}

	@Test
	@Tag("CLI-27")
	void whoDecidedWhatIsAudited() {
		ObjectNode arguments = JsonLines.object().put("command", "rm -r canary");
		Approval approval = new Approval("i", "Bash\n run=\"x", "c", null, "May I?", arguments, false, arguments);
		approval.decided(Verdict.REFUSE, "answered").log("r", "anna");
		assertThat(this.lines.list).singleElement().satisfies((line) -> {
			assertThat(line.getFormattedMessage()).endsWith(
					"run=r principal=\"anna\" interrupt=\"i\" tool=\"Bash? run=?x\" decision=refuse reason=answered "
							+ "arguments=3a05a1cc88e459c02a35bfe1b773a35133685b4474ab53a7ed06fb7277a38074");
			assertThat(line.getTimeStamp()).isPositive();
		});
	}

}
