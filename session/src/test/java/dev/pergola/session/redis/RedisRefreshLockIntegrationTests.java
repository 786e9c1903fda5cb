package dev.pergola.session.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import dev.pergola.session.TestRedis;
import dev.pergola.session.store.SessionName;
import io.lettuce.core.SetArgs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("security-3")
class RedisRefreshLockIntegrationTests {

	private static TestRedis redis;

	private static TestNode one;

	private static TestNode two;

	private final String session = UUID.randomUUID().toString();

	private final List<String> begun = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void start() throws IOException {
		redis = new TestRedis();
		one = TestNode.of(redis);
		two = TestNode.of(redis);
	}

	@AfterAll
	static void stop() throws IOException {
		one.close();
		two.close();
		redis.close();
	}

	@Test
	void nodesRunOneAfterAnotherForASession() {
		Sinks.One<String> first = Sinks.one();
		begin(one, "first", first);
		await(() -> this.begun.contains("first"));
		begin(two, "second", Sinks.one());
		await(() -> redis.commands().pttl(key()) > 0);
		assertThat(this.begun).containsExactly("first");
		first.tryEmitValue("done");
		await(() -> this.begun.contains("second"));
	}

	@Test
	void sessionsDoNotWaitForEachOther() {
		begin(one, "first", Sinks.one());
		one.lock.whileHeld(UUID.randomUUID().toString(), Mono.fromRunnable(() -> this.begun.add("another"))).block();
		assertThat(this.begun).contains("another");
	}

	@Test
	void anErrorLetsTheNextOneIn() {
		Sinks.One<String> first = Sinks.one();
		begin(one, "first", first);
		await(() -> this.begun.contains("first"));
		begin(two, "second", Sinks.one());
		first.tryEmitError(new IllegalStateException("refused"));
		await(() -> this.begun.contains("second"));
	}

	@Test
	void whoeverGivesUpWaitingLetsNobodyOvertake() {
		Sinks.One<String> first = Sinks.one();
		begin(one, "first", first);
		await(() -> this.begun.contains("first"));
		Disposable impatient = begin(two, "impatient", Sinks.one());
		impatient.dispose();
		assertThat(redis.commands().pttl(key())).isPositive();
		first.tryEmitValue("done");
		begin(two, "second", Sinks.one());
		await(() -> this.begun.contains("second"));
		assertThat(this.begun).containsExactly("first", "second");
	}

	@Test
	@Tag("security-5")
	void aHolderThatWorksForLongKeepsTheLock() {
		Mono<String> work = Mono.delay(Duration.ofSeconds(3)).map((late) -> {
			this.begun.add("first is done");
			return "done";
		});
		one.lock.whileHeld(this.session, work).subscribe();
		await(() -> redis.commands().exists(key()) == 1);
		two.lock.whileHeld(this.session, Mono.fromRunnable(() -> this.begun.add("second"))).block();
		assertThat(this.begun).containsExactly("first is done", "second");
	}

	@Test
	@Tag("security-5")
	void aLockWhoseHolderIsGoneEndsWithinTwoSeconds() {
		redis.commands().set(key(), "gone", SetArgs.Builder.nx().px(2000));
		long before = System.nanoTime();
		one.lock.whileHeld(this.session, Mono.just("done")).block();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
		Disposable holder = begin(one, "holder", Sinks.one());
		await(() -> this.begun.contains("holder"));
		assertThat(redis.commands().pttl(key())).isBetween(1L, 2000L);
		holder.dispose();
		await(() -> redis.commands().exists(key()) == 0);
	}

	private Disposable begin(TestNode node, String name, Sinks.One<String> end) {
		return node.lock.whileHeld(this.session, Mono.defer(() -> {
			this.begun.add(name);
			return end.asMono();
		})).subscribe((value) -> {
		}, (ex) -> {
		});
	}

	private String key() {
		return "test:l:" + SessionName.of(this.session);
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
