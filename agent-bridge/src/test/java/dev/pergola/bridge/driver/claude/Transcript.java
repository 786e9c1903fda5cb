package dev.pergola.bridge.driver.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.pergola.bridge.driver.FakeProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the real binary once said, said again at the same places of a dialogue. Recorded
 * from Claude Code 2.1.332 against {@link ModelStub}; long lists of its commands are left
 * out.
 */
final class Transcript {

	private final FakeProgram program = new FakeProgram();

	private final Deque<String> lines;

	private Transcript(Deque<String> lines) {
		this.lines = lines;
		this.program.answers(this::answer);
	}

	static FakeProgram of(String name) {
		try {
			return new Transcript(new ArrayDeque<>(
					Files.readAllLines(Path.of("src/test/resources/claude", name + ".jsonl")))).program;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void answer(ObjectNode heard) {
		if (heard.path("request").path("subtype").asString("").equals("initialize")) {
			ObjectNode reply = (ObjectNode) read(takeFirst("control_response"));
			((ObjectNode) reply.path("response")).put("request_id", heard.path("request_id").asString(""));
			this.program.says(reply.toString());
			return;
		}
		boolean asks = false;
		while (!this.lines.isEmpty()) {
			String type = read(this.lines.getFirst()).path("type").asString("");
			if (asks && (type.equals("user") || type.equals("control_request"))) {
				return;
			}
			asks |= type.equals("control_request");
			this.program.says(this.lines.removeFirst());
		}
		this.program.ends();
	}

	private String takeFirst(String type) {
		String found = this.lines.stream()
			.filter((line) -> read(line).path("type").asString("").equals(type))
			.findFirst()
			.orElseThrow();
		this.lines.remove(found);
		return found;
	}

	private static JsonNode read(String line) {
		return JsonMapper.shared().readTree(line);
	}

}
