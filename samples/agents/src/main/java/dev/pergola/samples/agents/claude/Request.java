package dev.pergola.samples.agents.claude;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a request of the Messages API asks: the person's last words, and what the tools
 * that were used since then gave.
 *
 * @param question the last words; empty where there are none
 * @param results oldest first
 */
record Request(String question, List<Result> results) {

	Request {
		results = List.copyOf(results);
	}

	static Request of(JsonNode body) {
		String question = "";
		List<Result> results = new ArrayList<>();
		Map<String, JsonNode> tools = new HashMap<>();
		for (JsonNode message : body.path("messages")) {
			JsonNode content = message.path("content");
			String said = message.path("role").asString("").equals("user") ? words(content) : "";
			if (!said.isEmpty()) {
				question = said;
				results.clear();
			}
			for (JsonNode block : content) {
				switch (block.path("type").asString("")) {
					case "tool_use" -> tools.put(block.path("id").asString(""), block);
					case "tool_result" -> results.add(result(block, tools));
					default -> {
					}
				}
			}
		}
		return new Request(question, results);
	}

	private static Result result(JsonNode block, Map<String, JsonNode> tools) {
		JsonNode content = block.path("content");
		JsonNode tool = tools.getOrDefault(block.path("tool_use_id").asString(""), MissingNode.getInstance());
		return new Result(tool.path("input").path("file_path").asString(""),
				content.isString() ? content.asString() : texts(content).collect(Collectors.joining("\n")),
				block.path("is_error").asBoolean(false));
	}

	/**
	 * Claude Code puts notes of its own, and the bridge what was said before, beside what
	 * a person says.
	 */
	private static String words(JsonNode content) {
		return (content.isString() ? Stream.of(content.asString()) : texts(content))
			.map((text) -> text.replaceAll("(?s)<system-reminder>.*?</system-reminder>", "").strip())
			.filter((text) -> !text.isEmpty())
			.reduce("", (before, last) -> last);
	}

	private static Stream<String> texts(JsonNode content) {
		return content.valueStream().map((block) -> block.path("text").asString(""));
	}

	/**
	 * What a tool gave.
	 *
	 * @param file what it was used on
	 * @param failed whether it failed, or was not allowed
	 */
	record Result(String file, String text, boolean failed) {

	}

}
