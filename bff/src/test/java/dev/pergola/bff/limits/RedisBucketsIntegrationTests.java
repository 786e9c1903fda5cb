package dev.pergola.bff.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.TestRedis;
import dev.pergola.bff.problem.BffException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** Two processes that count together, as long as Redis answers. */
class RedisBucketsIntegrationTests {

	private static final Party ADA = new Party("issuer|ada", null, null);

	private TestRedis redis;

	private Node first;

	private Node second;

	@BeforeEach
	void start() throws IOException {
		this.redis = TestRedis.start();
		this.first = new Node(this.redis, "1");
		this.second = new Node(this.redis, "1");
		await(this.first.buckets::round);
		await(this.second.buckets::round);
	}

	@AfterEach
	void stop() throws IOException {
		this.first.buckets.close();
		this.second.buckets.close();
		this.redis.close();
	}

	private void sync() {
		this.first.buckets.round();
		this.second.buckets.round();
		this.first.buckets.round();
	}

	@Test
	void whatOneTakesIsMissingAtTheOther() {
		assertThat(this.first.take(60)).isEqualTo(60);
		assertThat(this.second.take(1)).isEqualTo(1);
		sync();
		assertThat(this.second.take(100)).as("100 in all").isEqualTo(39);
		sync();
		assertThat(this.first.take(1)).as("hears with its next call").isLessThanOrEqualTo(1);
		sync();
		assertThat(this.first.take(100)).isZero();
		assertThat(this.second.take(100)).isZero();
	}

	@Test
	void whatWasTakenTooMuchBetweenTwoRoundsIsPaidForLater() {
		assertThat(this.first.take(100)).isEqualTo(100);
		assertThat(this.second.take(100)).as("has not heard").isEqualTo(100);
		sync();
		assertThat(this.second.missing()).isGreaterThan(Duration.ofMinutes(115));
	}

	@Test
	void whatAnotherBucketRefusedIsTakenOutOfNoneInRedisEither() {
		Party program = new Party("issuer|ada", null, "nightly");
		int calls = 0;
		while (this.first.limits.refused(LimitKind.CLIENT) == 0) {
			try {
				this.first.limits.take(program, null);
				calls++;
			}
			catch (BffException ex) {
				assertThat(ex.members()).containsEntry("limit", "client");
			}
		}
		assertThat(calls).isEqualTo(10);
		sync();
		assertThat(this.second.take(1)).isEqualTo(1);
		sync();
		assertThat(this.second.take(200)).isEqualTo(89);
	}

	@Test
	void nobodysNameIsInRedisAndABucketThatIsFullIsNoKey() {
		this.first.take(5);
		sync();
		RedisClient client = RedisClient.create(this.redis.url());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			assertThat(connection.sync().keys("*")).hasSize(1).allMatch((key) -> key.startsWith("pergola:limit:"));
			assertThat(connection.sync().keys("*ada*")).isEmpty();
			String key = connection.sync().keys("*").getFirst();
			assertThat(Duration.ofMillis(connection.sync().pttl(key))).isBetween(Duration.ofSeconds(170),
					Duration.ofSeconds(180));
		}
		finally {
			client.shutdown();
		}
	}

	@Test
	@Tag("security-55")
	void aRedisThatHangsCostsACallNothingAndEveryProcessGoesOnWithItsPart() {
		Node half = new Node(this.redis, "0.5");
		assertThat(half.buckets.round()).isTrue();
		this.redis.freeze();
		long begin = System.nanoTime();
		assertThat(half.take(20)).isEqualTo(20);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("while nobody knows yet")
			.isLessThan(Duration.ofMillis(200));
		begin = System.nanoTime();
		assertThat(half.buckets.round()).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("the thread behind the calls")
			.isLessThan(Duration.ofSeconds(3));
		assertThat(half.buckets.isAway()).isTrue();
		begin = System.nanoTime();
		assertThat(half.take(200)).as("half of 100 in an hour, of which a fifth is gone").isEqualTo(40);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(200));
		this.redis.thaw();
		await(half.buckets::round);
		assertThat(half.buckets.isAway()).isFalse();
		half.buckets.close();
	}

	@Test
	void whatWasTakenWhileRedisWasAwayIsChargedToNobody() {
		this.redis.freeze();
		assertThat(this.first.take(30)).isEqualTo(30);
		assertThat(this.first.buckets.round()).isFalse();
		assertThat(this.first.take(50)).isEqualTo(50);
		assertThat(this.first.buckets.round()).isFalse();
		this.redis.thaw();
		await(this.first.buckets::round);
		await(this.second.buckets::round);
		assertThat(this.second.take(1)).isEqualTo(1);
		sync();
		assertThat(this.second.take(200)).as("at most the round Redis found when it woke up is missing")
			.isBetween(69, 99);
	}

	@Test
	void aRedisThatStartsAnewIsToldTheScript() throws IOException {
		RedisClient client = RedisClient.create(this.redis.url());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			connection.sync().scriptFlush();
		}
		finally {
			client.shutdown();
		}
		this.first.take(10);
		sync();
		this.first.take(10);
		sync();
		assertThat(this.first.buckets.isAway()).isFalse();
		this.second.take(1);
		sync();
		assertThat(this.second.take(200)).isBetween(79, 89);
	}

	@Test
	void aRoundThatFailsForAnyReasonIsNotTheLast() {
		this.first.buckets.start();
		await(() -> !this.first.buckets.isAway());
		Limit limit = new Limit(1, 1);
		Bucket.Shared shared = this.first.buckets.share(new BucketKey(LimitKind.PERSON, "eve", ""));
		Bucket broken = new Bucket(limit, 0, new Bucket.Shared(shared.key(), new ArrayDeque<>()));
		assertThat(broken.take(limit, 0)).isZero();
		assertThatNullPointerException().isThrownBy(() -> broken.take(null, 0));
		shared.used().add(broken);
		await(this.first.buckets::isAway);
		await(() -> !this.first.buckets.isAway());
		assertThat(this.first.take(60)).isEqualTo(60);
		long rounds = this.first.buckets.rounds();
		await(() -> this.first.buckets.rounds() > rounds + 1);
		assertThat(this.second.take(1)).isEqualTo(1);
		this.second.buckets.round();
		assertThat(this.second.take(100)).isEqualTo(39);
	}

	@Test
	void aProcessStartsWithoutRedisAndFindsItLater() throws IOException {
		int port = this.redis.port();
		this.redis.close();
		Node alone = new Node("redis://localhost:" + port, "1");
		assertThat(alone.buckets.round()).isFalse();
		assertThat(alone.take(200)).isEqualTo(100);
		this.redis = TestRedis.start(port);
		await(alone.buckets::round);
		assertThat(alone.buckets.isAway()).isFalse();
		alone.buckets.close();
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(end);
		}
	}

	/** One process. */
	private static final class Node {

		private final RedisBuckets buckets;

		private final Limits limits;

		Node(TestRedis redis, String awayShare) {
			this(redis.url(), awayShare);
		}

		Node(String url, String awayShare) {
			LimitProperties properties = TestLimits.properties(Map.of("person", "100/h", "client", "10/h",
					"redis.away-share", awayShare, "redis.timeout", "400ms"));
			this.buckets = new RedisBuckets(properties.redis(), url, System::nanoTime);
			this.limits = new Limits(properties, System::nanoTime, this.buckets);
		}

		/** Calls that are let through. */
		int take(int calls) {
			int taken = 0;
			for (int i = 0; i < calls; i++) {
				try {
					this.limits.take(ADA, null);
					taken++;
				}
				catch (BffException ex) {
					return taken;
				}
			}
			return taken;
		}

		/** Time until nothing is missing, none while calls are let through. */
		Duration missing() {
			try {
				this.limits.take(ADA, null);
				return Duration.ZERO;
			}
			catch (BffException ex) {
				String state = ex.headers().get("RateLimit");
				return Duration.ofSeconds(Long.parseLong(state.substring(state.indexOf("t=") + 2)));
			}
		}

	}

}
