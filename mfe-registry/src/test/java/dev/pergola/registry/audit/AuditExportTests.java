package dev.pergola.registry.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("ux-AD-12")
class AuditExportTests {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@sum(a1)", "\t=1", "=\"x\",1" })
	void writesNothingThatATableTakesForAFormula(String actor) {
		String line = AuditExport.CSV.line(entry(1, actor, null));
		String field = line.substring(line.indexOf("Z,") + 2);
		assertThat(field).matches("(?s)\"?'.*");
	}

	@Test
	void quotesWhatWouldBreakALine() {
		assertThat(AuditExport.CSV.line(entry(7, "a,b", "say \"no\"\r\nnow"))).isEqualTo(
				"7,3,2026-11-22T18:00:00Z,\"a,b\",person,127.0.0.1,module.disable,deals,deals,,\"{\"\"a\"\":1}\","
						+ "\"say \"\"no\"\"\r\nnow\"\r\n");
	}

	@Test
	void writesOneJsonObjectPerLine() {
		String line = AuditExport.NDJSON.line(entry(7, "ada", "a\nb"));
		assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
		assertThat(JsonMapper.shared().readTree(line).at("/after/a").asInt()).isEqualTo(1);
	}

	@Test
	void readsTheNextPageWhenTheClientTookTheOneBefore() {
		AtomicInteger pages = new AtomicInteger();
		AuditExport.Source endless = (before) -> {
			pages.incrementAndGet();
			long first = Math.min(before, 1_000_000) - 1;
			return LongStream.rangeClosed(first - 99, first)
				.mapToObj((id) -> entry(2 * first - 99 - id, "ada", null))
				.toList();
		};
		StepVerifier.create(AuditExport.CSV.write(endless, Long.MAX_VALUE), 0)
			.thenRequest(50)
			.expectNextCount(50)
			.then(() -> assertThat(pages.get()).isLessThanOrEqualTo(2))
			.thenRequest(500)
			.expectNextCount(500)
			.then(() -> assertThat(pages.get()).isBetween(6, 7))
			.thenCancel()
			.verify();
	}

	@Test
	void endsAtTheLastEntryOrTheLimit() {
		AuditExport.Source three = (before) -> (before > 3)
				? List.of(entry(3, "a", null), entry(2, "a", null), entry(1, "a", null)) : List.of();
		assertThat(AuditExport.CSV.write(three, 10).collectList().block()).hasSize(4)
			.first()
			.extracting((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.asString()
			.startsWith("id,revision,at,actor");
		assertThat(AuditExport.NDJSON.write(three, 2).collectList().block()).hasSize(2);
	}

	private static AuditEntry entry(long id, String actor, String reason) {
		return new AuditEntry(id, 3L, Instant.parse("2026-11-22T18:00:00Z"), actor, "person", "127.0.0.1",
				"module.disable", "deals", "deals", null, JsonMapper.shared().readTree("{\"a\":1}"), reason);
	}

}
