package dev.pergola.session.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class SharedWorkTests {

	private final SharedWork<String> shared = new SharedWork<>();

	private final AtomicInteger begun = new AtomicInteger();

	private final Sinks.One<String> end = Sinks.one();

	private final Mono<String> work = Mono.defer(() -> {
		this.begun.incrementAndGet();
		return this.end.asMono();
	});

	private final List<String> heard = new ArrayList<>();

	@AfterEach
	void resetHooks() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void runsOnceForAllWhoAskMeanwhile() {
		join();
		join();
		assertThat(this.begun).hasValue(1);
		this.end.tryEmitValue("done");
		assertThat(this.heard).containsExactly("done", "done");
		join();
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void whoHeardTheResultAndAsksAgainHasItRunAgain() {
		this.shared.join("a", this.work)
			.flatMap((first) -> this.shared.join("a", this.work))
			.subscribe(this.heard::add);
		this.end.tryEmitValue("done");
		assertThat(this.begun).hasValue(2);
		assertThat(this.heard).containsExactly("done");
	}

	@Test
	void anErrorReachesAll() {
		join();
		join();
		this.end.tryEmitError(new IllegalStateException("refused"));
		assertThat(this.heard).containsExactly("refused", "refused");
	}

	@Test
	void whoGoesAwayStopsNothingAndMissesNothing() {
		List<Throwable> dropped = new ArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		this.shared.join("a", this.work).subscribe().dispose();
		join();
		assertThat(this.begun).hasValue(1);
		this.end.tryEmitError(new IllegalStateException("refused"));
		assertThat(this.heard).containsExactly("refused");
		assertThat(dropped).isEmpty();
	}

	@Test
	void nobodyWaitsForWhatIsForgotten() {
		join();
		this.shared.forget("a");
		join();
		assertThat(this.begun).hasValue(2);
	}

	private void join() {
		this.shared.join("a", this.work).subscribe(this.heard::add, (ex) -> this.heard.add(ex.getMessage()));
	}

}
