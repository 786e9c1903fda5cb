package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.LogEntry;
import dev.pergola.bff.streams.LogLostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs of other nodes of which nothing is heard. */
class ReplicasTests {

	private static final RunName NAME = new RunName("key", "r");

	private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

	private final TestHome home = new TestHome();

	private final Replicas replicas = new Replicas(this.home, RunEngineTests.PROPERTIES);

	private final Sinks.Empty<Void> end = Sinks.empty();

	@BeforeEach
	void watch() {
		this.home.put(record(1));
		Mono<Run> opened = this.replicas.open(record(1), NOON);
		var opening = opened.subscribe((run) -> run.log().after(null).subscribe(null, this.end::tryEmitError));
		tell(1);
		assertThat(opening.isDisposed()).as("it is there").isTrue();
	}

	@Test
	void viewersOfARunThatIsLostAreSentToAskAgain() {
		sweep(0, 5);
		this.home.remove(NAME);
		sweep(10);
		assertThat(isGoing()).as("it may be written again").isTrue();
		sweep(15);
		assertThat(isGoing()).isFalse();
		sweep(16);
		assertThat(this.replicas.size()).isZero();
	}

	@Test
	void viewersOfARunWhoseEventsAreLostAreSentToAskAgain() {
		sweep(0);
		this.home.put(record(2));
		sweep(5, 10);
		assertThat(isGoing()).isFalse();
	}

	@Test
	void aRunThatIsSilentOrThereAgainGoesOn() {
		sweep(0, 5, 10, 15, 20, 25);
		this.home.remove(NAME);
		sweep(30);
		this.home.put(record(1));
		sweep(35);
		this.home.remove(NAME);
		sweep(40);
		tell(2);
		sweep(45, 50);
		assertThat(isGoing()).isTrue();
	}

	private void sweep(int... seconds) {
		for (int second : seconds) {
			this.replicas.sweep(NOON.plusSeconds(second));
		}
	}

	private boolean isGoing() {
		return Mono.firstWithSignal(this.end.asMono().thenReturn(false), Mono.just(true))
			.onErrorReturn(LogLostException.class, false)
			.block(Duration.ofSeconds(5));
	}

	private void tell(int sequence) {
		byte[] event = ((sequence == 1) ? "{\"type\":\"RUN_STARTED\"}" : "{\"type\":\"CUSTOM\",\"name\":\"n\"}")
			.getBytes(StandardCharsets.UTF_8);
		this.home.tell(NAME, List.of(new LogEntry<>(new EventId(1, sequence), event, event.length)));
	}

	private static RunRecord record(long head) {
		RunRecord.Progress progress = new RunRecord.Progress(List.of(1L), head, null, "RUNNING", null, false, "", true);
		String facts = StoredRequest.write(RunEngineTests.request("r"));
		return new RunRecord(NAME, "t", "", facts, facts, NOON, null, progress);
	}

}
