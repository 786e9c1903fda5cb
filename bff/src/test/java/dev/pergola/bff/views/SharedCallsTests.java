package dev.pergola.bff.views;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.Trace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-21")
class SharedCallsTests {

	private static final Duration TIME = Duration.ofSeconds(2);

	private final List<Sinks.One<PartBody>> made = new ArrayList<>();

	private int givenUp;

	private final SharedCalls calls = new SharedCalls((module, path, request, limit, patience) -> {
		Sinks.One<PartBody> answer = Sinks.one();
		this.made.add(answer);
		return answer.asMono().doOnCancel(() -> this.givenUp++);
	}, TIME);

	@Test
	void aSecondRequestWaitsForTheCallOfTheFirst() {
		List<PartBody> answers = new ArrayList<>();
		call("ada", "/a").subscribe(answers::add);
		call("ada", "/a").subscribe(answers::add);
		assertThat(this.made).hasSize(1);
		this.made.getFirst().tryEmitValue(new PartBody(new byte[] { '1' }, true));
		assertThat(answers).hasSize(2);
		assertThat(this.calls.joined()).isEqualTo(1);
		assertThat(this.calls.inFlight()).isZero();
	}

	@Test
	void anotherPersonOrPathOrLanguageIsAnotherCall() {
		call("ada", "/a").subscribe();
		call("bob", "/a").subscribe();
		call("ada", "/b").subscribe();
		this.calls.get("deals", "/a", request("ada", "de"), TIME).subscribe();
		this.calls.get("people", "/a", request("ada", ""), TIME).subscribe();
		assertThat(this.made).hasSize(5);
	}

	@Test
	void nothingIsKeptOfACallThatIsOver() {
		call("ada", "/a").subscribe();
		this.made.getFirst().tryEmitValue(new PartBody(new byte[] { '1' }, true));
		call("ada", "/a").subscribe();
		assertThat(this.made).hasSize(2);
	}

	@Test
	void oneThatLeavesDoesNotTakeTheAnswerFromTheOther() {
		Disposable first = call("ada", "/a").subscribe();
		StepVerifier.create(call("ada", "/a")).then(first::dispose).then(() -> {
			assertThat(this.givenUp).isZero();
			this.made.getFirst().tryEmitValue(new PartBody(new byte[] { '1' }, true));
		}).expectNextCount(1).verifyComplete();
	}

	@Test
	void theLastThatLeavesGivesTheCallUp() {
		List<Disposable> waiting = List.of(call("ada", "/a").subscribe(), call("ada", "/a").subscribe());
		waiting.forEach(Disposable::dispose);
		assertThat(this.givenUp).isOne();
		assertThat(this.calls.inFlight()).isZero();
		call("ada", "/a").subscribe();
		assertThat(this.made).hasSize(2);
	}

	@Test
	void aFailureIsTheFailureOfAllThatWait() {
		List<Throwable> failures = new ArrayList<>();
		call("ada", "/a").subscribe((body) -> {
		}, failures::add);
		call("ada", "/a").subscribe((body) -> {
		}, failures::add);
		this.made.getFirst().tryEmitError(new PartException("failed", 500));
		assertThat(failures).hasSize(2).hasOnlyElementsOfType(PartException.class);
		assertThat(this.calls.inFlight()).isZero();
	}

	private Mono<PartBody> call(String accessToken, String path) {
		return this.calls.get("deals", path, request(accessToken, ""), TIME);
	}

	private static ViewRequest request(String accessToken, String language) {
		return new ViewRequest(accessToken, new Party("ada", null, null), "deals",
				new Trace("0123456789abcdef0123456789abcdef", false), language);
	}

}
