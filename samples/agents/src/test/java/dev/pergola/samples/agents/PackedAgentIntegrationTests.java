package dev.pergola.samples.agents;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the jar carries, unpacked somewhere else. */
class PackedAgentIntegrationTests {

	private static final List<String> DATA = List.of("data/partnerships.json", "data/deals.json", "data/people.json",
			"data/organizations.json");

	@Test
	void theScoutAnswersFromTheFilesOfTheClassPathAlone(@TempDir Path directory) throws Exception {
		assumeTrue(PythonIntegrationTests.hasPython(), "python3 is not installed: the sample agent cannot run");
		Programs.unpack(directory, DATA);
		Programs.unpack(directory, List.of("co_sell.py", "scout.py", "records.py"));
		assertThat(Programs.output(directory, "Who could help us with Alpenstrom?", "python3", "-B", "co_sell.py",
				"--pace", "0"))
			.contains("## Alpenstrom", "How I got here");
	}

	@Test
	void theResearcherAnswersFromTheFilesOfTheClassPathAlone(@TempDir Path directory) throws Exception {
		assumeTrue(NodeIntegrationTests.hasNode(), "node 18 or newer is not installed: the researcher cannot run");
		Programs.unpack(directory, DATA);
		Programs.unpack(directory,
				List.of("researcher/deal_briefing.mjs", "researcher/briefing.mjs", "researcher/records.mjs"));
		assertThat(Programs.output(directory, """
				{"messages": [{"role": "user", "content": "d-2003"}]}
				""", "node", "researcher/deal_briefing.mjs", "--pace", "0")).contains("{\"delta\":\"## \"}",
				"{\"result\":\"\"}");
	}

}
