package dev.pergola.bff.agents.budgets;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import dev.pergola.bff.TestRedis;
import dev.pergola.bff.runlog.RunLogProperties;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedisSpentTokensIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Clock CLOCK = Clock.systemUTC();

	private final LocalDate today = LocalDate.now(CLOCK.withZone(ZoneOffset.UTC));

	private TestRedis redis;

	private RedisSpentTokens first;

	private RedisSpentTokens second;

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
	void addsUpWhatAllNodesHaveSpent() {
		this.first.add("deals", this.today, 100);
		this.second.add("deals", this.today, 20);
		this.second.add("a team", this.today, 3);
		assertThat(this.first.of("deals", this.today)).as("its own, at once").isGreaterThanOrEqualTo(100);
		awaitAt(this.first, "deals", 120);
		awaitAt(this.second, "deals", 120);
		awaitAt(this.first, "a team", 3);
		assertThat(this.first.of("deals", this.today.minusDays(1))).isZero();
	}

	@Test
	void aNodeThatStartsKnowsWhatWasSpentBefore() {
		this.first.add("deals", this.today, 100);
		this.first.close();
		try (RedisSpentTokens third = node()) {
			awaitAt(third, "deals", 100);
			third.add("deals", this.today, 1);
			awaitAt(this.second, "deals", 101);
		}
	}

	@Test
	void countsForItselfWhileRedisIsAwayAndTellsTheRestOnce() {
		this.first.add("deals", this.today, 100);
		awaitAt(this.second, "deals", 100);
		this.redis.freeze();
		this.first.add("deals", this.today, 10);
		this.second.add("deals", this.today, 1);
		assertThat(this.first.of("deals", this.today)).isEqualTo(110);
		assertThat(this.second.of("deals", this.today)).isEqualTo(101);
		this.redis.thaw();
		awaitAt(this.first, "deals", 111);
		awaitAt(this.second, "deals", 111);
	}

	@Test
	void aRedisThatStartsAnewIsToldAgain() {
		this.first.add("deals", this.today, 100);
		awaitAt(this.second, "deals", 100);
		RedisClient client = RedisClient.create(this.redis.url());
		RedisCommands<String, String> commands = client.connect().sync();
		commands.flushall();
		this.second.add("deals", this.today, 1);
		awaitAt(this.first, "deals", 101);
		awaitAt(this.second, "deals", 101);
		List<String> keys = commands.keys("*");
		assertThat(keys).containsExactly("test:spent:" + this.today);
		assertThat(commands.ttl(keys.getFirst())).as("a day is forgotten").isPositive();
		client.shutdown();
	}

	@Test
	void aDayIsForgottenAlthoughRedisFailsWhenItIsTold() {
		RedisClient client = RedisClient.create(this.redis.url());
		RedisCommands<String, String> commands = client.connect().sync();
		commands.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.EXPIRE));
		this.first.add("deals", this.today, 100);
		awaitAt(this.second, "deals", 100);
		assertThat(commands.ttl("test:spent:" + this.today)).isEqualTo(-1);
		commands.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.EXPIRE));
		await().atMost(SOON).until(() -> commands.ttl("test:spent:" + this.today) > 0);
		client.shutdown();
	}

	private void awaitAt(RedisSpentTokens node, String team, long tokens) {
		await().atMost(SOON).until(() -> node.of(team, this.today), (spent) -> spent == tokens);
	}

	private RedisSpentTokens node() {
		return new RedisSpentTokens(new RunLogProperties.Redis(this.redis.url(), "test:", Duration.ofMillis(30),
				Duration.ofSeconds(1), Duration.ofSeconds(10), DataSize.ofKilobytes(256), 1000), CLOCK);
	}

}
