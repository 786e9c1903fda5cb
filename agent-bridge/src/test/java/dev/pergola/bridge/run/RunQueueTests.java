package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("CLI-23")
class RunQueueTests {

	private final List<String> launched = new ArrayList<>();

	private final List<Run> running = new ArrayList<>();

	private int roomFor = Integer.MAX_VALUE;

	private long nanoTime;

	@Test
	void aPersonsRunsGoInOrderAsPlacesBecomeFree() throws FullQueueException {
		RunQueue queue = queue(1, 9, 9);
		add(queue, "t/p/1", "t/p/2", "t/p/3");
		assertThat(this.launched).containsExactly("t/p/1");
		endAll(queue);
		assertThat(this.launched).containsExactly("t/p/1", "t/p/2", "t/p/3");
	}

	@Test
	void teamsTakeTurnsAndWithinATeamItsPeople() throws FullQueueException {
		RunQueue queue = queue(1, 9, 9);
		add(queue, "a/ann/1", "a/ann/2", "a/ann/3", "a/bob/1", "b/cid/1", "b/cid/2");
		endAll(queue);
		assertThat(this.launched).containsExactly("a/ann/1", "a/ann/2", "b/cid/1", "a/bob/1", "b/cid/2", "a/ann/3");
	}

	@Test
	void onePersonWhoAsksForAHundredDelaysAnotherByOne() throws FullQueueException {
		RunQueue queue = queue(1, 9, 200);
		for (int number = 0; number < 100; number++) {
			add(queue, "a/ann/" + number);
		}
		add(queue, "b/bob/1");
		end(queue);
		end(queue);
		assertThat(this.launched).last().isEqualTo("b/bob/1");
	}

	@Test
	void aTeamHasOnlySoManyPlaces() throws FullQueueException {
		RunQueue queue = queue(3, 2, 9);
		add(queue, "a/p/1", "a/q/2", "a/r/3", "b/s/1");
		assertThat(this.launched).containsExactly("a/p/1", "a/q/2", "b/s/1");
		queue.remove(this.running.getFirst());
		assertThat(this.launched).endsWith("a/r/3");
	}

	@Test
	void aRunThatWaitsHearsOfItsPositionWheneverItChanges() throws FullQueueException {
		RunQueue queue = queue(1, 9, 9);
		Run last = run("t/p/3");
		add(queue, "t/p/1", "t/p/2");
		queue.add(last);
		queue.refresh();
		assertThat(last.queuePosition()).isEqualTo(2);
		queue.remove(this.running.getFirst());
		assertThat(last.after(1).take(2).map(RunEvent::data).collectList().block()).satisfiesExactly(
				(event) -> assertThat(event).contains("pergola.queue", "\"position\":2"),
				(event) -> assertThat(event).contains("\"position\":1"));
	}

	@Test
	void aFullQueueRefusesAndForgetsTheRun() throws FullQueueException {
		RunQueue queue = queue(1, 9, 2);
		add(queue, "t/p/1", "t/p/2", "t/p/3");
		assertThatExceptionOfType(FullQueueException.class).isThrownBy(() -> queue.add(run("t/p/4")))
			.satisfies((ex) -> assertThat(ex.waiting()).isEqualTo(2));
		queue.addAnyway(run("t/q/5"));
		assertThat(queue.waitingCount()).isEqualTo(3);
	}

	@Test
	void aRunThatWasTakenOutNeverGoes() throws FullQueueException {
		RunQueue queue = queue(1, 9, 9);
		Run second = run("t/p/2");
		add(queue, "t/p/1");
		queue.add(second);
		assertThat(queue.withdraw(second)).isTrue();
		assertThat(queue.withdraw(second)).isFalse();
		endAll(queue);
		assertThat(this.launched).containsExactly("t/p/1");
	}

	@Test
	void withoutMemoryOneRunGoesAtATime() throws FullQueueException {
		RunQueue queue = queue(4, 9, 9);
		this.roomFor = 0;
		add(queue, "t/p/1", "t/p/2", "t/p/3");
		assertThat(this.launched).containsExactly("t/p/1");
		this.roomFor = Integer.MAX_VALUE;
		queue.refresh();
		assertThat(this.launched).containsExactly("t/p/1", "t/p/2", "t/p/3");
	}

	@Test
	void programsThatHaveYetToTakeTheirMemoryCount() throws FullQueueException {
		RunQueue queue = queue(9, 9, 9);
		this.roomFor = 2;
		add(queue, "t/p/1", "t/p/2", "t/p/3", "t/p/4", "t/p/5");
		assertThat(this.launched).containsExactly("t/p/1", "t/p/2");
		this.running.forEach(Run::starting);
		this.nanoTime += Duration.ofMinutes(1).toNanos();
		queue.refresh();
		assertThat(this.launched).as("both are starting").hasSize(2);
		this.running.forEach(Run::running);
		queue.refresh();
		assertThat(this.launched).endsWith("t/p/3", "t/p/4").hasSize(4);
		this.running.forEach(Run::running);
		queue.refresh();
		assertThat(this.launched).as("two run for a moment only").hasSize(4);
	}

	@Test
	void aRunThatWaitedHearsThatItsTurnHasCome() throws FullQueueException {
		RunQueue queue = queue(1, 9, 9);
		Run first = run("t/p/1");
		Run second = run("t/p/2");
		queue.add(first);
		queue.add(second);
		first.starting();
		queue.remove(first);
		second.starting();
		assertThat(second.after(2).take(1).map(RunEvent::data).blockFirst(Duration.ofSeconds(5)))
			.contains("pergola.queue", "\"position\":0");
		assertThat(first.after(1).take(Duration.ofMillis(1)).collectList().block()).as("it never waited").isEmpty();
	}

	private RunQueue queue(int maxRuns, int maxPerTeam, int maxQueued) {
		RunLimits limits = new RunLimits(maxRuns, maxPerTeam, 4, maxQueued, 4, 4, DataSize.ofBytes(0),
				new StopWaits(Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ZERO, Duration.ofMinutes(1), 10,
				DataSize.ofMegabytes(1), DataSize.ofMegabytes(1));
		return new RunQueue(limits, (programs) -> programs <= this.roomFor, (run) -> {
			this.launched.add(run.id());
			this.running.add(run);
		}, () -> this.nanoTime);
	}

	private void endAll(RunQueue queue) {
		while (!this.running.isEmpty()) {
			end(queue);
		}
	}

	private void end(RunQueue queue) {
		queue.remove(this.running.removeFirst());
	}

	private static void add(RunQueue queue, String... names) throws FullQueueException {
		for (String name : names) {
			queue.add(run(name));
		}
	}

	/** Named team/person/number. */
	private static Run run(String name) {
		String[] parts = name.split("/");
		return new Run(new Caller(parts[1], parts[0], "", null), "runner", TestRunner.program("true"),
				new RunInput("t", name, "", "{}", ""), new RunLog(1L, 100_000));
	}

}
