package dev.pergola.bff.agents.operations;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bff.TestRedis;
import dev.pergola.bff.runlog.RunLogProperties;
import dev.pergola.testing.SettableClock;
import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisRunLedgerIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final SettableClock clock = new SettableClock(Records.NOON);

	private TestRedis redis;

	private RedisRunLedger first;

	private RedisRunLedger second;

	@BeforeEach
	void start() throws IOException {
		this.redis = TestRedis.start();
		this.first = node();
		this.second = node();
	}

	@AfterEach
	void stop() throws IOException {
		this.first.close();
		this.second.close();
		this.redis.close();
	}

	@Test
	void everyNodeKnowsTheRunsOfAll() {
		LedgerEntry whole = Records.run("a")
			.answered(Records.NOON.plusMillis(5))
			.spent(new Tokens(3, 4))
			.ended(RunState.FAILED, Records.NOON.plusSeconds(1), new LedgerEntry.Failure("AGENT_EXIT", "It ended."));
		this.first.save(Records.run("a"));
		this.first.save(whole);
		this.second.save(Records.run("b"));
		assertThat(this.second.find("b")).as("its own, at once").isPresent();
		for (RedisRunLedger node : List.of(this.first, this.second)) {
			awaitAt(node, whole);
			awaitAt(node, Records.run("b"));
			assertThat(ids(node)).containsExactly("b", "a");
		}
	}

	@Test
	void aNodeThatStartsReadsWhatWasBeforeIt() {
		for (int i = 0; i < 700; i++) {
			this.first.save(Records.ended("r" + i, RunState.FINISHED, Duration.ofSeconds(1)));
		}
		awaitAt(this.second, Records.ended("r699", RunState.FINISHED, Duration.ofSeconds(1)));
		this.clock.set(Records.NOON.plusSeconds(60));
		try (RedisRunLedger third = node()) {
			await().atMost(SOON).until(() -> ids(third).size() == 700);
			assertThat(third.completeFrom().block()).as("the time by which Redis wrote the first")
				.isBetween(Instant.now().minusSeconds(600), Instant.now());
		}
	}

	@Test
	void whoHasARunStoppedIsToldToTheNodeThatHasIt() {
		AtomicReference<String> stopped = new AtomicReference<>("");
		this.first.onStop((id, stop) -> stopped.set(id + " by " + stop.by()));
		this.first.save(Records.run("a"));
		awaitAt(this.second, Records.run("a"));
		LedgerEntry.Stop stop = new LedgerEntry.Stop("grace", "Enough.", Records.NOON);
		this.second.stop("a", stop);
		assertThat(this.second.find("a")).contains(Records.run("a").stopped(stop));
		await().atMost(SOON).until(() -> stopped.get().equals("a by grace"));
		assertThat(this.first.find("a")).as("its node says what becomes of it").contains(Records.run("a"));
		LedgerEntry ended = Records.ended("a", RunState.CANCELLED, Duration.ofSeconds(1)).stopped(stop);
		this.first.save(ended);
		awaitAt(this.second, ended);
		this.second.stop("a", new LedgerEntry.Stop("heidi", "Late.", Records.NOON));
		assertThat(this.second.find("a")).contains(ended);
	}

	@Test
	void whoHadARunStoppedIsKnownAlthoughItEndedMeanwhile() {
		this.first.save(Records.run("a"));
		awaitAt(this.second, Records.run("a"));
		LedgerEntry.Stop stop = new LedgerEntry.Stop("grace", "Enough.", Records.NOON);
		LedgerEntry ended = Records.ended("a", RunState.CANCELLED, Duration.ofSeconds(1));
		this.first.save(ended);
		this.second.stop("a", stop);
		awaitAt(this.first, ended.stopped(stop));
		awaitAt(this.second, ended.stopped(stop));
	}

	@Test
	void goesOnWithWhatIsKnownWhileRedisIsAwayAndTellsTheRestLater() {
		this.first.save(Records.run("a"));
		awaitAt(this.second, Records.run("a"));
		this.redis.freeze();
		LedgerEntry ended = Records.ended("a", RunState.FINISHED, Duration.ofSeconds(1));
		this.first.save(ended);
		assertThat(this.first.find("a")).contains(ended);
		assertThat(this.second.find("a")).contains(Records.run("a"));
		this.redis.thaw();
		awaitAt(this.second, ended);
	}

	@Test
	void anotherNodeGoesOnWithARun() {
		this.first.save(Records.run("a").spent(new Tokens(5, 5)));
		awaitAt(this.second, Records.run("a").spent(new Tokens(5, 5)));
		this.first.forget("a");
		LedgerEntry ended = this.second.find("a").orElseThrow().ended(RunState.FINISHED, Records.NOON, null);
		this.second.save(ended);
		awaitAt(this.first, ended);
	}

	@Test
	void whatARunHasSpentIsToldAtOnceSoThatWhoGoesOnWithItChargesTheRestOnly() {
		LedgerEntry run = Records.run("a");
		this.first.save(run);
		awaitAt(this.second, run);
		for (int i = 1; i <= 50; i++) {
			this.first.save(run.spent(new Tokens(i, 0)));
			this.first.save(Records.run("b" + i));
			awaitAt(this.second, Records.run("b" + i));
		}
		awaitAt(this.second, run.spent(new Tokens(50, 0)));
		try (RedisRunLedger third = node()) {
			awaitAt(third, run.spent(new Tokens(50, 0)));
		}
		RedisClient client = RedisClient.create(this.redis.url());
		assertThat(client.connect().sync().xlen("test:ledger")).as("each run once").isEqualTo(51);
		client.shutdown();
		LedgerEntry ended = run.spent(new Tokens(51, 0)).ended(RunState.FINISHED, Records.NOON, null);
		this.first.save(ended);
		awaitAt(this.second, ended);
	}

	@Test
	void aNodeThatStartsKnowsWhatGoingRunsHaveSpentHoweverManyThereWere() {
		for (int i = 0; i < 600; i++) {
			this.first.save(Records.ended("r" + i, RunState.FINISHED, Duration.ofSeconds(1)));
		}
		awaitAt(this.second, Records.ended("r599", RunState.FINISHED, Duration.ofSeconds(1)));
		this.first.save(Records.run("a"));
		awaitAt(this.second, Records.run("a"));
		this.first.save(Records.run("a").spent(new Tokens(7, 0)));
		awaitAt(this.second, Records.run("a").spent(new Tokens(7, 0)));
		try (RedisRunLedger third = node()) {
			awaitAt(third, Records.run("a").spent(new Tokens(7, 0)));
		}
	}

	@Test
	void whatIsToldLateTakesNothingFromWhatARunHasSpent() {
		LedgerEntry run = Records.run("a");
		this.first.save(run);
		awaitAt(this.second, run);
		this.second.stop("a", new LedgerEntry.Stop("grace", "Enough.", Records.NOON));
		this.first.save(run.spent(new Tokens(7, 0)));
		await().atMost(SOON)
			.until(() -> this.second.find("a").orElseThrow().tokens().total() == 7
					&& this.second.find("a").orElseThrow().stop() != null);
	}

	@Test
	void everyNodeKnowsWhichRunAsksAndUntilWhen() {
		Instant until = Records.NOON.plusSeconds(60);
		LedgerEntry asks = Records.run("a").asking(Records.NOON, until);
		this.first.save(asks);
		awaitAt(this.second, asks);
		assertThat(this.second.findAsking(Records.facts("b"))).contains(asks);
		this.clock.set(until);
		assertThat(this.second.find("a").orElseThrow().state()).isEqualTo(RunState.EXPIRED);
		assertThat(this.second.findAsking(Records.facts("b"))).isEmpty();
	}

	@Test
	void aRunWhoseNodeIsGoneEndsWhenItsTimeIsOver() {
		this.first.save(Records.run("a"));
		awaitAt(this.second, Records.run("a"));
		this.first.close();
		this.clock.set(Records.NOON.plus(Duration.ofMinutes(32)));
		await().atMost(SOON)
			.until(() -> this.second.find("a").orElseThrow().failure() != null
					&& this.second.find("a").orElseThrow().failure().code().equals("NODE_LOST"));
	}

	@Test
	void redisKeepsNoMoreThanIsRemembered() {
		try (RedisRunLedger small = node(100)) {
			for (int i = 0; i < 1000; i++) {
				LedgerEntry run = Records.ended("r" + i, RunState.FINISHED, Duration.ofSeconds(1));
				small.save(run);
				if (i % 100 == 99) {
					awaitAt(this.second, run);
				}
			}
			assertThat(ids(small)).hasSize(100);
		}
		RedisClient client = RedisClient.create(this.redis.url());
		// Redis takes away whole nodes of its tree only.
		assertThat(client.connect().sync().xlen("test:ledger")).isBetween(400L, 600L);
		client.shutdown();
	}

	private static void awaitAt(RedisRunLedger node, LedgerEntry run) {
		await().atMost(SOON).until(() -> node.find(run.id()).filter(run::equals).isPresent());
	}

	private static List<String> ids(RedisRunLedger node) {
		return node.newestFirst().map(LedgerEntry::id).collectList().block();
	}

	private RedisRunLedger node() {
		return node(1000);
	}

	private RedisRunLedger node(int maxRuns) {
		return new RedisRunLedger(
				new RunLogProperties.Redis(this.redis.url(), "test:", Duration.ofMillis(30), Duration.ofSeconds(1),
						Duration.ofSeconds(10), DataSize.ofKilobytes(256), 1000),
				new OperationsProperties(maxRuns, Duration.ofDays(3650), Duration.ofSeconds(2),
						DataSize.ofMegabytes(1)),
				Duration.ofMinutes(30), this.clock);
	}

}
