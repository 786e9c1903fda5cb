package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.process.Redaction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-26")
class SecretFilterTests {

	private static final String SECRET = "canary-7654321";

	private final SecretFilter filter = new SecretFilter(new Redaction(Map.of("MODEL_KEY", SECRET)));

	@Test
	void hidesASecretWhereverATextIsCut() {
		String text = "key: " + SECRET + ", can" + SECRET + ".";
		for (int cut = 1; cut < text.length(); cut++) {
			for (int next = cut; next < text.length(); next++) {
				List<ObjectNode> told = pass(AgUi.textContent("m", text.substring(0, cut)),
						AgUi.textContent("m", text.substring(cut, next)), AgUi.textContent("m", text.substring(next)),
						AgUi.textEnd("m"));
				assertThat(text(told)).as("cut at %d and %d", cut, next).isEqualTo("key: [hidden], can[hidden].");
				assertThat(told.getLast().path("type").asString()).isEqualTo("TEXT_MESSAGE_END");
			}
		}
	}

	@Test
	void losesNothingThatOnlyBeginsLikeOne() {
		List<ObjectNode> told = pass(AgUi.textContent("m", "a can"), AgUi.textContent("m", "ary-7"),
				AgUi.textContent("other", "can"), AgUi.textEnd("m"));
		assertThat(text(told)).isEqualTo("a canary-7");
		assertThat(text(this.filter.release())).as("what was not ended").isEqualTo("can");
		assertThat(this.filter.release()).isEmpty();
	}

	@Test
	void hidesItInResultsAndInWhateverElseIsTold() {
		ObjectNode event = JsonMapper.shared().createObjectNode().put("type", "STATE_SNAPSHOT");
		ObjectNode snapshot = event.putObject("snapshot").put("number", 1);
		snapshot.putArray("list").add("a " + SECRET).addObject().put("deep", SECRET);
		assertThat(pass(event)).singleElement()
			.hasToString(
					"{\"type\":\"STATE_SNAPSHOT\",\"snapshot\":{\"number\":1,\"list\":[\"a [hidden]\",{\"deep\":\"[hidden]\"}]}}");
		assertThat(snapshot.toString()).as("what the program gets back").contains(SECRET);
		assertThat(this.filter.clean("{\"type\":\"RUN_ERROR\",\"message\":\"" + SECRET + "\"}"))
			.isEqualTo("{\"type\":\"RUN_ERROR\",\"message\":\"[hidden]\"}");
	}

	@Test
	void hidesItInTheEndOfARunAlsoWhereJsonWritesItOtherwise() {
		String secret = "a\"quote\\ and\na line";
		SecretFilter ofOdd = new SecretFilter(new Redaction(Map.of("MODEL_KEY", secret)));
		String json = JsonMapper.shared().createObjectNode().put("type", "RUN_ERROR").put("message", secret).toString();
		assertThat(ofOdd.clean(json)).isEqualTo("{\"type\":\"RUN_ERROR\",\"message\":\"[hidden]\"}");
	}

	private List<ObjectNode> pass(ObjectNode... events) {
		List<ObjectNode> told = new ArrayList<>();
		for (ObjectNode event : events) {
			told.addAll(this.filter.pass(event));
		}
		return told;
	}

	private static String text(List<ObjectNode> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.path("delta").asString("")));
		return text.toString();
	}

}
