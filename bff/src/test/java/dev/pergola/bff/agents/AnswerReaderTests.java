package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerReaderTests {

	private static final Duration SILENCE = Duration.ofSeconds(10);

	private final TestPublisher<byte[]> pieces = TestPublisher.create();

	@Test
	void tellsWhatIsCompleteUpToTheLastAndEndsTheConnection() {
		StepVerifier.create(words(""))
			.then(() -> say("one two thr"))
			.expectNext("one", "two")
			.then(() -> say("ee end more "))
			.expectNext("three", "end")
			.verifyComplete();
		this.pieces.assertWasCancelled();
	}

	@Test
	@Tag("S11")
	void anAnswerWithoutALastEventBrokeOff() {
		StepVerifier.create(words(""))
			.then(() -> say("one "))
			.expectNext("one")
			.then(this.pieces::complete)
			.verifyErrorMatches(UpstreamRunException::mayPass);
	}

	@Test
	void theEndOfAnAnswerMayBeItsLastEvent() {
		StepVerifier.create(words("end"))
			.then(() -> say("one "))
			.then(this.pieces::complete)
			.expectNext("one", "end")
			.verifyComplete();
	}

	@Test
	@Tag("S10")
	void endsAnAnswerThatIsSilentForTooLong() {
		StepVerifier.withVirtualTime(() -> words(""))
			.expectSubscription()
			.thenAwait(Duration.ofSeconds(9))
			.then(() -> say("a"))
			.expectNoEvent(Duration.ofSeconds(9))
			.then(() -> say(" "))
			.expectNext("a")
			.expectNoEvent(Duration.ofSeconds(9))
			.thenAwait(Duration.ofSeconds(2))
			.verifyError(TimeoutException.class);
		this.pieces.assertWasCancelled();
	}

	@Test
	void aBrokenConnectionIsToldAsItIs() {
		StepVerifier.create(words(""))
			.then(() -> this.pieces.error(new IllegalStateException("reset")))
			.verifyErrorMessage("reset");
	}

	@Test
	void whatCannotBeReadEndsTheAnswerAfterWhatCould() {
		StepVerifier.create(words("")).then(() -> say("one ! two ")).expectNext("one").verifyErrorMessage("unreadable");
		this.pieces.assertWasCancelled();
	}

	@Test
	void tellsNothingAfterItWasCancelled() {
		List<String> told = new ArrayList<>();
		words("").subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(String word) {
				told.add(word);
				cancel();
			}

		});
		say("one two three ");
		assertThat(told).containsExactly("one");
		this.pieces.assertWasCancelled();
	}

	@Test
	void refusesWhoDoesNotTakeAll() {
		StepVerifier.create(words(""), 1).verifyError(IllegalArgumentException.class);
	}

	private void say(String text) {
		this.pieces.next(text.getBytes(StandardCharsets.UTF_8));
	}

	private Flux<String> words(String atTheEnd) {
		return AnswerReader.read(this.pieces, new Words(atTheEnd), SILENCE);
	}

	/** Words with a space behind each. */
	private static final class Words implements AnswerReader.Language<String> {

		private final String atTheEnd;

		private final StringBuilder word = new StringBuilder();

		Words(String atTheEnd) {
			this.atTheEnd = atTheEnd;
		}

		@Override
		public void hear(byte[] piece, Consumer<String> told) {
			for (char each : new String(piece, StandardCharsets.UTF_8).toCharArray()) {
				if (each == '!') {
					throw new IllegalStateException("unreadable");
				}
				if (each == ' ' && !this.word.isEmpty()) {
					String whole = this.word.toString();
					this.word.setLength(0);
					told.accept(whole);
				}
				else if (each != ' ') {
					this.word.append(each);
				}
			}
		}

		@Override
		public void end(Consumer<String> told) {
			if (!this.atTheEnd.isEmpty()) {
				told.accept(this.atTheEnd);
			}
		}

		@Override
		public boolean isLast(String told) {
			return told.equals("end");
		}

	}

}
