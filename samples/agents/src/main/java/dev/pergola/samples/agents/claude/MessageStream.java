package dev.pergola.samples.agents.claude;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a reply as the events of a streamed message, word by word. It tells no tokens:
 * there is no model that spent any.
 */
final class MessageStream {

	private final OutputStream out;

	private final Duration pace;

	private int index;

	MessageStream(OutputStream out, Duration pace) {
		this.out = out;
		this.pace = pace;
	}

	void write(Desk.Reply reply) throws IOException, InterruptedException {
		ObjectNode start = event("message_start");
		ObjectNode message = start.putObject("message")
			.put("id", "msg_" + UUID.randomUUID())
			.put("type", "message")
			.put("role", "assistant")
			.put("model", "stand-in");
		message.putArray("content");
		message.putNull("stop_reason").putNull("stop_sequence");
		message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
		tell(start);
		switch (reply) {
			case Desk.Text(String text) -> text(text);
			case Desk.ToolUse(String lead, String tool, ObjectNode input) -> {
				text(lead);
				tool(tool, input);
			}
		}
		ObjectNode end = event("message_delta");
		end.putObject("delta")
			.put("stop_reason", (reply instanceof Desk.ToolUse) ? "tool_use" : "end_turn")
			.putNull("stop_sequence");
		end.putObject("usage").put("output_tokens", 0);
		tell(end);
		tell(event("message_stop"));
	}

	private void text(String text) throws IOException, InterruptedException {
		ObjectNode start = block("content_block_start");
		start.putObject("content_block").put("type", "text").put("text", "");
		tell(start);
		for (String word : text.split("(?<=\\s)(?=\\S)")) {
			ObjectNode piece = block("content_block_delta");
			piece.putObject("delta").put("type", "text_delta").put("text", word);
			tell(piece);
			Thread.sleep(this.pace);
		}
		stop();
	}

	private void tool(String name, ObjectNode input) throws IOException {
		ObjectNode start = block("content_block_start");
		start.putObject("content_block")
			.put("type", "tool_use")
			.put("id", "toolu_" + UUID.randomUUID())
			.put("name", name)
			.putObject("input");
		tell(start);
		ObjectNode piece = block("content_block_delta");
		piece.putObject("delta").put("type", "input_json_delta").put("partial_json", input.toString());
		tell(piece);
		stop();
	}

	private void stop() throws IOException {
		tell(block("content_block_stop"));
		this.index++;
	}

	private ObjectNode block(String type) {
		return event(type).put("index", this.index);
	}

	private static ObjectNode event(String type) {
		return JsonMapper.shared().createObjectNode().put("type", type);
	}

	private void tell(ObjectNode event) throws IOException {
		this.out.write("event: %s\ndata: %s\n\n".formatted(event.path("type").asString(), event)
			.getBytes(StandardCharsets.UTF_8));
		this.out.flush();
	}

}
