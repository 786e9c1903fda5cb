package dev.pergola.session.token;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryRefreshLockTests {

	private final InMemoryRefreshLock lock = new InMemoryRefreshLock();

	private final AtomicInteger begun = new AtomicInteger();

	@Test
	void runsOneAfterAnotherForASession() {
		Sinks.One<String> first = Sinks.one();
		Sinks.One<String> second = Sinks.one();
		begin("a", first);
		begin("a", second);
		assertThat(this.begun).hasValue(1);
		first.tryEmitValue("done");
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void sessionsDoNotWaitForEachOther() {
		begin("a", Sinks.one());
		begin("b", Sinks.one());
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void anErrorLetsTheNextOneIn() {
		Sinks.One<String> first = Sinks.one();
		begin("a", first);
		begin("a", Sinks.one());
		first.tryEmitError(new IllegalStateException("refused"));
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void whoeverGivesUpWaitingLetsNobodyOvertake() {
		Sinks.One<String> first = Sinks.one();
		begin("a", first);
		Disposable impatient = begin("a", Sinks.one());
		begin("a", Sinks.one());
		impatient.dispose();
		assertThat(this.begun).hasValue(1);
		first.tryEmitValue("done");
		assertThat(this.begun).hasValue(2);
	}

	private Disposable begin(String session, Sinks.One<String> end) {
		return this.lock.whileHeld(session, Mono.defer(() -> {
			this.begun.incrementAndGet();
			return end.asMono();
		})).subscribe((value) -> {
		}, (ex) -> {
		});
	}

}
