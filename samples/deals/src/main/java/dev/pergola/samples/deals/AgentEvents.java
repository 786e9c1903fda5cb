package dev.pergola.samples.deals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Writes AG-UI events as server-sent events, each at once.
 */
class AgentEvents {

	private final OutputStream output;

	private final JsonMapper mapper;

	AgentEvents(OutputStream output, JsonMapper mapper) {
		this.output = output;
		this.mapper = mapper;
	}

	/**
	 * Writes one event.
	 * @param type AG-UI type, such as {@code RUN_STARTED}
	 * @param members name, value, name, value
	 * @throws IOException when nobody listens any more
	 */
	void send(String type, Object... members) throws IOException {
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("type", type);
		for (int i = 0; i < members.length; i += 2) {
			event.put(String.valueOf(members[i]), members[i + 1]);
		}
		this.output.write(("data: " + this.mapper.writeValueAsString(event) + "\n\n").getBytes(StandardCharsets.UTF_8));
		this.output.flush();
	}

}
