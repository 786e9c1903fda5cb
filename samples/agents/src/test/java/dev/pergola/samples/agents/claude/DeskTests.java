package dev.pergola.samples.agents.claude;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DeskTests {

	private static final Desk DESK = new Desk(LocalDateTime.of(2026, 11, 20, 9, 30, 5));

	private static final String NOTE = "Note on d-2003 that they want a call";

	@Test
	void readsTheDealsAndTellsWhichCloseNext() throws IOException {
		String question = "Which deals close next?";
		assertThat(reply(question)).isInstanceOfSatisfying(Desk.ToolUse.class, (use) -> {
			assertThat(use.tool()).isEqualTo("Read");
			assertThat(use.input().path("file_path").asString()).isEqualTo("deals.json");
		});
		assertThat(text(reply(question, file("deals")))).startsWith("## Deals that close next\n\n1. [")
			.contains("closes on 2026-11-27", "Rules only, no model")
			.doesNotContain("closes on 2026-11-16", "won,", "lost,");
	}

	@Test
	void readsTwoFilesForABriefing() throws IOException {
		String question = "Brief me on d-2003";
		assertThat(((Desk.ToolUse) reply(question, file("deals"))).input().path("file_path").asString())
			.isEqualTo("people.json");
		assertThat(text(reply(question, file("deals"), file("people")))).contains(
				"## Supplier portal for Kestrel Foods", "[Siobhán Kearney](/people/siobhan-kearney) looks after it",
				"closes on 2026-12-04");
	}

	@Test
	void asksBeforeItWritesAndSaysWhatCameOfIt() throws IOException {
		Desk.ToolUse use = (Desk.ToolUse) reply(NOTE, file("deals"));
		assertThat(use.tool()).isEqualTo("Edit");
		assertThat(use.input().path("file_path").asString()).isEqualTo("notes/d-2003-20261120-093005.md");
		assertThat(use.input().path("new_string").asString()).contains("Supplier portal for Kestrel Foods", NOTE);
		assertThat(text(reply(NOTE, file("deals"), new Request.Result("notes/x.md", "updated", false))))
			.contains("`notes/x.md`");
		assertThat(text(reply(NOTE, file("deals"), new Request.Result("notes/x.md", "no", true))))
			.contains("nothing was written");
	}

	@Test
	void saysWhatItDoesNotKnow() throws IOException {
		assertThat(text(reply("Write a poem"))).contains("no model is behind it");
		assertThat(text(reply(""))).contains("no model is behind it");
		assertThat(text(reply("Brief me on d-9999", file("deals")))).contains("There is no deal d-9999");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "File does not exist.", "{\"asOf\": \"never\"}", "[]" })
	void saysThatItCouldNotRead(String text) {
		assertThat(text(reply("Brief me on d-2003", new Request.Result("deals.json", text, true))))
			.contains("I could not read `deals.json`");
	}

	@Test
	void knowsOfAConversationWhatBelongsToTheLastWords() {
		JsonNode body = JsonMapper.shared().readTree("""
				{"messages": [{"role": "user", "content": "Which deals close next?"},
				{"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "Read", "input": {}}]},
				{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "old"}]},
				{"role": "assistant", "content": [{"type": "text", "text": "These."}]},
				{"role": "user", "content": [{"type": "text", "text": "Said before: d-2001"},
				{"type": "text", "text": "Brief me on d-2003"},
				{"type": "text", "text": "<system-reminder>\\nd-2002\\n</system-reminder>"}]},
				{"role": "assistant", "content": [
				{"type": "tool_use", "id": "t2", "name": "Read", "input": {"file_path": "deals.json"}}]},
				{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t2", "is_error": true,
				"content": [{"type": "text", "text": "new"}]}]}]}""");
		assertThat(Request.of(body))
			.isEqualTo(new Request("Brief me on d-2003", List.of(new Request.Result("deals.json", "new", true))));
	}

	private static Desk.Reply reply(String question, Request.Result... results) {
		return DESK.reply(new Request(question, List.of(results)));
	}

	private static String text(Desk.Reply reply) {
		return ((Desk.Text) reply).text();
	}

	/** As Claude Code's tool gives it. */
	private static Request.Result file(String name) throws IOException {
		String file = "/samples/agents/data/" + name + ".json";
		try (InputStream input = Objects.requireNonNull(DeskTests.class.getResourceAsStream(file), file)) {
			List<String> lines = new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
			return new Request.Result(name + ".json",
					IntStream.range(0, lines.size())
						.mapToObj((number) -> "%6d\t%s".formatted(number + 1, lines.get(number)))
						.collect(Collectors.joining("\n")),
					false);
		}
	}

}
