package dev.pergola.bff.limits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two bffs that count together, and what people notice when Redis hangs. */
class SharedLimitsIntegrationTests {

	private static final int LIMIT = 60;

	private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(3);

	/** Calls while Redis is well, and then as many while it hangs. */
	private static final int BLOCK = 10;

	private static final int BLOCKS = 5;

	/** Far more than a call takes, and far less than one would wait. */
	private static final Duration MARGIN = Duration.ofMillis(25);

	private static TestRedis redis;

	private static RawUpstream upstream;

	private static TestBff first;

	private static TestBff second;

	@BeforeAll
	static void start() throws IOException {
		redis = TestRedis.start();
		upstream = new RawUpstream((head, out) -> {
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
			return true;
		});
		first = bff();
		second = bff();
	}

	private static TestBff bff() {
		TestBff bff = TestBff.start("pergola.bff.limits.person=" + LIMIT + "/h",
				"pergola.bff.limits.redis.url=" + redis.url(), "pergola.bff.limits.redis.sync=20ms",
				"pergola.bff.limits.redis.timeout=" + REDIS_TIMEOUT.toSeconds() + "s");
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
		await(() -> meter(bff, "pergola.bff.limits.away") == 0);
		return bff;
	}

	@AfterAll
	static void stop() throws IOException {
		first.close();
		second.close();
		upstream.close();
		redis.close();
	}

	private static double meter(TestBff bff, String name) {
		return bff.context().getBean(MeterRegistry.class).get(name).gauge().value();
	}

	private static double rounds(TestBff bff) {
		return bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.limits.redis.rounds")
			.tag("outcome", "ok")
			.functionCounter()
			.count();
	}

	private static void awaitRounds(TestBff bff) {
		double before = rounds(bff);
		await(() -> rounds(bff) >= before + 2);
	}

	private static int status(TestBff bff, String cookie) {
		return TestBff.send(bff.request("/api/deals/1", null).header("Cookie", cookie).header("X-Pergola", "1").build())
			.statusCode();
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(end);
			Thread.onSpinWait();
		}
	}

	@Test
	void twoBffsLetThroughAsMuchAsOne() {
		String here = first.session("ada");
		String there = second.session("ada");
		int taken = 0;
		for (int i = 0; i < LIMIT / 2; i++) {
			taken += (status(first, here) == 200) ? 1 : 0;
		}
		taken += (status(second, there) == 200) ? 1 : 0;
		awaitRounds(first);
		awaitRounds(second);
		while (status(second, there) == 200) {
			taken++;
		}
		assertThat(taken).isBetween(LIMIT, LIMIT + 2);
	}

	@Test
	@Tag("security-55")
	void aCallTakesNoLongerWhileRedisHangs() {
		times(first.session("warm"));
		List<Long> well = new ArrayList<>();
		List<Long> hung = new ArrayList<>();
		for (int i = 0; i < BLOCKS; i++) {
			String cookie = first.session("dora" + i);
			well.addAll(times(cookie));
			redis.freeze();
			try {
				hung.addAll(times(cookie));
			}
			finally {
				redis.thaw();
			}
			awaitRounds(first);
		}
		assertThat(median(hung).minus(median(well))).as("what a call pays for Redis").isLessThan(MARGIN);
		assertThat(longest(hung).minus(longest(well))).as("a call that waits until Redis is given up")
			.isLessThan(REDIS_TIMEOUT.dividedBy(2));
	}

	/** Calls in turn, and how long each took. */
	private static List<Long> times(String cookie) {
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < BLOCK; i++) {
			long begin = System.nanoTime();
			assertThat(status(first, cookie)).isEqualTo(200);
			times.add(System.nanoTime() - begin);
		}
		return times;
	}

	private static Duration median(List<Long> times) {
		return Duration.ofNanos(times.stream().sorted().toList().get(times.size() / 2));
	}

	private static Duration longest(List<Long> times) {
		return Duration.ofNanos(Collections.max(times));
	}

	@Test
	@Tag("security-55")
	void eachBffGoesOnForItselfWhenRedisHangs() {
		String here = first.session("bob");
		assertThat(status(first, here)).isEqualTo(200);
		awaitRounds(first);
		redis.freeze();
		try {
			int taken = 1;
			while (status(first, here) == 200) {
				taken++;
			}
			assertThat(taken).isEqualTo(LIMIT);
			await(() -> meter(first, "pergola.bff.limits.away") == 1);
			assertThat(status(first, first.session("cleo"))).isEqualTo(200);
		}
		finally {
			redis.thaw();
		}
		await(() -> meter(first, "pergola.bff.limits.away") == 0);
		await(() -> meter(second, "pergola.bff.limits.away") == 0);
	}

}
