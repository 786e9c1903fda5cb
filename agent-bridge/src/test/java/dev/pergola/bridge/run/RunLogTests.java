package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class RunLogTests {

	private final RunLog log = new RunLog(1L, 1_000_000);

	@Test
	void aViewerGetsWhatWasAndWhatComesOnceAndInOrder() {
		this.log.append("a");
		StepVerifier.create(this.log.after(0).map(RunEvent::data))
			.expectNext("a")
			.then(() -> this.log.append("b"))
			.expectNext("b")
			.then(() -> this.log.end("c"))
			.expectNext("c")
			.verifyComplete();
	}

	@Test
	void nothingFollowsTheLastEvent() {
		this.log.end("a");
		this.log.append("b");
		assertThat(this.log.after(0).map(RunEvent::data).collectList().block()).containsExactly("a");
		assertThat(this.log.after(1).collectList().block()).isEmpty();
	}

	@Test
	void keepsOnlySoMuchButAlwaysTheEnd() {
		RunLog small = new RunLog(1L, 500);
		int taken = 0;
		while (small.append("x".repeat(10))) {
			taken++;
		}
		assertThat(taken).isBetween(1, 10);
		small.close("closed");
		small.end("the end");
		assertThat(small.after(taken).map(RunEvent::data).collectList().block()).containsExactly("closed", "the end");
		assertThat(small.bytes()).isLessThan(700);
	}

	@Test
	void aPlaceThatIsNoneOfItsOwnIsNone() {
		this.log.append("a");
		assertThat(this.log.sequence(new EventId(1, 1))).contains(1L);
		assertThat(this.log.sequence(new EventId(1, 0))).contains(0L);
		assertThat(this.log.sequence(new EventId(1, 2))).as("not yet").isEmpty();
		assertThat(this.log.sequence(new EventId(2, 1))).as("of another run").isEmpty();
	}

	@Test
	void aSlowViewerHoldsNobodyUp() {
		List<String> slow = new ArrayList<>();
		BaseSubscriber<RunEvent> viewer = new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(RunEvent event) {
				slow.add(event.data());
			}
		};
		this.log.after(0).subscribe(viewer);
		LongStream.range(0, 1000).forEach((number) -> this.log.append("" + number));
		this.log.end("the end");
		assertThat(slow).containsExactly("0");
		assertThat(this.log.after(0).count().block()).isEqualTo(1001);
		viewer.request(2);
		assertThat(slow).containsExactly("0", "1", "2");
	}

	@Test
	void readingInPiecesWhileItIsWrittenMissesNothing() throws InterruptedException {
		Random random = new Random(7);
		Thread writer = Thread.ofVirtual().start(() -> {
			for (int number = 0; number < 4999; number++) {
				this.log.append("" + number);
			}
			this.log.end("the end");
		});
		List<Long> read = new ArrayList<>();
		while (read.size() < 5000) {
			Flux<RunEvent> rest = this.log.after(read.size());
			rest.take(1 + random.nextInt(200)).map((event) -> event.id().sequence()).toStream().forEach(read::add);
		}
		writer.join();
		assertThat(read).containsExactlyElementsOf(LongStream.rangeClosed(1, 5000).boxed().toList());
	}

}
