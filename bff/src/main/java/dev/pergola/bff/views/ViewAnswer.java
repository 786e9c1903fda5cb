package dev.pergola.bff.views;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import tools.jackson.databind.json.JsonMapper;

/** Puts parts together, byte for byte as they came: each is one JSON value. */
final class ViewAnswer {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

	private final List<String> names;

	private final Map<String, PartResult> results = new HashMap<>();

	/**
	 * An answer.
	 * @param names of all parts, in the order they are told in
	 */
	ViewAnswer(List<String> names) {
		this.names = names;
	}

	/**
	 * Adds a part.
	 * @throws BffException when it is missing and may not be
	 */
	ViewAnswer add(ViewRun.NamedPart part) {
		if (part.result() instanceof PartResult.Absent absent && !part.plan().optional()) {
			throw failure(part.plan().name(), absent);
		}
		this.results.put(part.plan().name(), part.result());
		return this;
	}

	boolean isComplete() {
		return this.results.values().stream().allMatch((result) -> result instanceof PartResult.Present);
	}

	/** Whether no upstream forbids to keep what it said. */
	boolean isKeepable() {
		return this.results.values()
			.stream()
			.allMatch((result) -> result instanceof PartResult.Present present && present.body().keepable());
	}

	byte[] json() {
		ByteArrayOutputStream json = new ByteArrayOutputStream();
		json.write('{');
		Map<String, Object> notes = new LinkedHashMap<>();
		for (String name : this.names) {
			json.writeBytes(JSON.writeValueAsBytes(name));
			json.write(':');
			switch (this.results.get(name)) {
				case PartResult.Present present -> json.writeBytes(present.body().json());
				case PartResult.Absent absent -> {
					json.writeBytes(NULL);
					notes.put(name, note(absent));
				}
				case null -> json.writeBytes(NULL);
			}
			json.write(',');
		}
		json.writeBytes("\"_parts\":".getBytes(StandardCharsets.US_ASCII));
		json.writeBytes(JSON.writeValueAsBytes(notes));
		json.write('}');
		return json.toByteArray();
	}

	/** One part as an event of a stream, on one line. */
	static byte[] event(ViewRun.NamedPart part) {
		ByteArrayOutputStream json = new ByteArrayOutputStream();
		json.writeBytes("{\"part\":".getBytes(StandardCharsets.US_ASCII));
		json.writeBytes(JSON.writeValueAsBytes(part.plan().name()));
		switch (part.result()) {
			case PartResult.Present present -> {
				json.writeBytes(",\"value\":".getBytes(StandardCharsets.US_ASCII));
				json.writeBytes(onOneLine(present.body().json()));
			}
			case PartResult.Absent absent -> {
				json.writeBytes(",\"value\":null,\"missing\":".getBytes(StandardCharsets.US_ASCII));
				json.writeBytes(JSON.writeValueAsBytes(note(absent)));
			}
		}
		json.write('}');
		return json.toByteArray();
	}

	private static Map<String, Object> note(PartResult.Absent absent) {
		Map<String, Object> note = new LinkedHashMap<>();
		note.put("status", absent.status());
		if (absent.upstreamStatus() != 0) {
			note.put("upstreamStatus", absent.upstreamStatus());
		}
		if (absent.retryAfter() != 0) {
			note.put("retryAfter", absent.retryAfter());
		}
		note.put("ms", absent.millis());
		return note;
	}

	private static BffException failure(String name, PartResult.Absent absent) {
		int status = switch (absent.upstreamStatus()) {
			case 401, 403, 404 -> absent.upstreamStatus();
			default -> switch (absent.status()) {
				case "timeout" -> 504;
				case "limited" -> 429;
				default -> 502;
			};
		};
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("part", name);
		members.put("partStatus", absent.status());
		members.put("status", status);
		if (absent.retryAfter() != 0) {
			members.put("retryAfter", absent.retryAfter());
		}
		return new BffException(Failure.VIEW_PART_FAILED,
				"The part %s of this view is missing: %s.".formatted(name, absent.status()), members, null);
	}

	// Line breaks in JSON are only ever between its parts.
	private static byte[] onOneLine(byte[] json) {
		byte[] line = json.clone();
		for (int i = 0; i < line.length; i++) {
			line[i] = (line[i] == '\n' || line[i] == '\r') ? (byte) ' ' : line[i];
		}
		return line;
	}

}
