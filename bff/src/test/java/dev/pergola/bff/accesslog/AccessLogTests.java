package dev.pergola.bff.accesslog;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.accesslog.AccessLogProperties.SubjectForm;
import dev.pergola.bff.metrics.Outcome;
import dev.pergola.bff.metrics.RouteKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class AccessLogTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void writesALine() {
		String line = new AccessLine(properties(SubjectForm.PLAIN, 10)).write(entry("/api/deals/7"));
		assertThat(line).isEqualTo("{\"time\":\"2026-11-22T18:00:00Z\",\"traceId\":\"" + "a".repeat(32)
				+ "\",\"method\":\"GET\",\"path\":\"/api/deals/7\",\"status\":504,\"outcome\":\"timeout\","
				+ "\"problem\":\"upstream-timeout\",\"kind\":\"api\",\"module\":\"deals\",\"team\":\"sales\",\"ms\":12.345,"
				+ "\"bytesIn\":1,\"bytesOut\":2,\"subject\":\"ada\",\"client\":\"browser\",\"peer\":\"127.0.0.1\","
				+ "\"protocol\":\"HTTP/1.1\"}");
	}

	@Test
	void staysOneLineOfJsonWhateverThePathIs() {
		String path = "/a\"b\\c\nd\r\u2028e\u0000f\ud800g\u00fc" + "x".repeat(5000);
		String line = new AccessLine(properties(SubjectForm.NONE, 10)).write(entry(path));
		assertThat(line).matches("[ -~]+").hasSizeLessThan(2500);
		JsonNode json = JSON.readTree(line);
		assertThat(json.path("path").asString()).startsWith("/a\"b\\c\nd\r").hasSize(1024);
		assertThat(json.has("subject")).isFalse();
	}

	@Test
	void namesAPersonByAHashThatDependsOnTheKey() {
		String one = subject(new AccessLogProperties(true, SubjectForm.HASHED, "key of this portal", 10));
		assertThat(one).matches("[0-9a-f]{16}")
			.isEqualTo(subject(new AccessLogProperties(true, SubjectForm.HASHED, "key of this portal", 10)))
			.isNotEqualTo(subject(new AccessLogProperties(true, SubjectForm.HASHED, "", 10)));
	}

	@Test
	void leavesLinesOutAndCountsThemWhenTheTargetIsSlow() throws InterruptedException {
		CountDownLatch taken = new CountDownLatch(1);
		CountDownLatch open = new CountDownLatch(1);
		BlockingQueue<String> lines = new LinkedBlockingQueue<>();
		AccessLog log = new AccessLog(properties(SubjectForm.PLAIN, 8), (line) -> {
			taken.countDown();
			await(open);
			lines.add(line);
		});
		log.add(entry("/first"));
		assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 100; i++) {
			log.add(entry("/" + i));
		}
		assertThat(log.dropped()).isEqualTo(92);
		open.countDown();
		log.close();
		assertThat(lines).hasSize(9);
	}

	@Test
	void writesWhatIsLeftAtTheEnd() throws InterruptedException {
		List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
		AccessLog log = new AccessLog(properties(SubjectForm.PLAIN, 1000), lines::add);
		for (int i = 0; i < 500; i++) {
			log.add(entry("/" + i));
		}
		log.close();
		assertThat(lines).hasSize(500);
		log.add(entry("/late"));
		assertThat(log.dropped()).isEqualTo(1);
	}

	@Test
	void goesOnAfterALineThatCouldNotBeWritten() throws InterruptedException {
		List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
		AccessLog log = new AccessLog(properties(SubjectForm.PLAIN, 10), (line) -> {
			if (line.contains("/bad")) {
				throw new IllegalStateException("disk full");
			}
			lines.add(line);
		});
		log.add(entry("/bad"));
		log.add(entry("/good"));
		log.close();
		assertThat(lines).hasSize(1);
		assertThat(log.dropped()).isEqualTo(1);
	}

	private static String subject(AccessLogProperties properties) {
		return JSON.readTree(new AccessLine(properties).write(entry("/x"))).path("subject").asString();
	}

	private static AccessLogProperties properties(SubjectForm form, int queue) {
		return new AccessLogProperties(true, form, "key", queue);
	}

	private static AccessEntry entry(String path) {
		return new AccessEntry(Instant.parse("2026-11-22T18:00:00Z"), "a".repeat(32), "GET", path, 504, RouteKind.API,
				"deals", "sales", null, 12_345_678, -1, 1, 2, "ada", "browser",
				new InetSocketAddress("127.0.0.1", 1234), "HTTP/1.1", Outcome.TIMEOUT, "upstream-timeout");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
