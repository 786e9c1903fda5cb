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
		this.log.append("a", false);
		StepVerifier.create(this.log.after(0).map(RunEvent::data))
			.expectNext("a")
			.then(() -> this.log.append("b", false))
			.expectNext("b")
			.then(() -> this.log.append("c", true))
			.expectNext("c")
			.verifyComplete();
	}

	@Test
	void nothingFollowsTheLastEvent() {
		this.log.append("a", true);
		this.log.append("b", false);
		assertThat(this.log.after(0).map(RunEvent::data).collectList().block()).containsExactly("a");
		assertThat(this.log.after(1).collectList().block()).isEmpty();
	}

	@Test
	void keepsOnlySoMuchButAlwaysTheEnd() {
		RunLog small = new RunLog(1L, 500);
		int taken = 0;
		while (small.append("x".repeat(10), false)) {
			taken++;
		}
		assertThat(taken).isBetween(1, 10);
		assertThat(small.append("the end", true)).isTrue();
		assertThat(small.after(taken).map(RunEvent::data).collectList().block()).containsExactly("the end");
		assertThat(small.bytes()).isLessThan(700);
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
		LongStream.range(0, 1000).forEach((number) -> this.log.append("" + number, number == 999));
		assertThat(slow).containsExactly("0");
		assertThat(this.log.after(0).count().block()).isEqualTo(1000);
		viewer.request(2);
		assertThat(slow).containsExactly("0", "1", "2");
	}

	@Test
	void readingInPiecesWhileItIsWrittenMissesNothing() throws InterruptedException {
		Random random = new Random(7);
		Thread writer = Thread.ofVirtual().start(() -> {
			for (int number = 0; number < 5000; number++) {
				this.log.append("" + number, number == 4999);
			}
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
