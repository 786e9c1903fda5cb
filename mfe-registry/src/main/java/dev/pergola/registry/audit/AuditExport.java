package dev.pergola.registry.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;

/**
 * Writes the audit as a file: one line per entry, read page by page as the client takes
 * them, so that its memory does not grow with its length.
 */
enum AuditExport {

	/** RFC 4180, with a line of names; states are JSON. */
	CSV(new MediaType("text", "csv", StandardCharsets.UTF_8)) {
		@Override
		String head() {
			return "id,revision,at,actor,actorKind,address,action,subject,module,before,after,reason\r\n";
		}

		@Override
		String line(AuditEntry entry) {
			return Stream
				.of(entry.id(), entry.revision(), entry.at(), entry.actor(), entry.actorKind(), entry.address(),
						entry.action(), entry.subject(), entry.module(), entry.before(), entry.after(), entry.reason())
				.map(AuditExport::field)
				.collect(Collectors.joining(",", "", "\r\n"));
		}
	},

	/** One JSON object per line. */
	NDJSON(MediaType.APPLICATION_NDJSON) {
		@Override
		String head() {
			return "";
		}

		@Override
		String line(AuditEntry entry) {
			return JSON.writeValueAsString(entry) + "\n";
		}
	};

	/** Programs for tables take what begins so for a formula (OWASP, CSV Injection). */
	private static final String FORMULA = "=+-@\t\r";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final MediaType type;

	AuditExport(MediaType type) {
		this.type = type;
	}

	static AuditExport of(String format) {
		return Arrays.stream(values())
			.filter((each) -> each.extension().equals(format))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("the audit cannot be exported so", "/format",
					"must be csv or ndjson"));
	}

	String extension() {
		return name().toLowerCase(Locale.ROOT);
	}

	MediaType type() {
		return this.type;
	}

	/**
	 * The file.
	 * @param source entries before an id, newest first; none at the end
	 * @param limit most entries
	 */
	Flux<DataBuffer> write(Source source, long limit) {
		Flux<List<AuditEntry>> pages = Flux.generate(() -> Long.MAX_VALUE, (before, sink) -> {
			List<AuditEntry> page = source.before(before);
			if (page.isEmpty()) {
				sink.complete();
				return before;
			}
			sink.next(page);
			return page.getLast().id();
		});
		return Flux.concat(Flux.just(head()), pages.concatMapIterable((page) -> page, 1).take(limit).map(this::line))
			.filter((line) -> !line.isEmpty())
			.map((line) -> DefaultDataBufferFactory.sharedInstance.wrap(line.getBytes(StandardCharsets.UTF_8)));
	}

	abstract String head();

	abstract String line(AuditEntry entry);

	private static String field(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		String safe = (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
		return safe.chars().anyMatch((c) -> c == ',' || c == '"' || c == '\n' || c == '\r')
				? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
	}

	/** Pages of the audit. */
	@FunctionalInterface
	interface Source {

		List<AuditEntry> before(long id);

	}

}
