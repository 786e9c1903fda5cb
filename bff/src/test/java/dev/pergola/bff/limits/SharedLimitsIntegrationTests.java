package dev.pergola.bff.limits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
				"pergola.bff.limits.redis.timeout=3s");
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
	void nobodyNoticesARedisThatHangsAndEachBffGoesOnForItself() {
		String here = first.session("bob");
		assertThat(status(first, here)).isEqualTo(200);
		awaitRounds(first);
		redis.freeze();
		try {
			long slowest = 0;
			int taken = 1;
			for (int status = 200; status == 200; taken++) {
				long begin = System.nanoTime();
				status = status(first, here);
				slowest = Math.max(slowest, System.nanoTime() - begin);
			}
			assertThat(taken - 1).isEqualTo(LIMIT);
			assertThat(Duration.ofNanos(slowest)).as("less than Redis would be waited for")
				.isLessThan(Duration.ofSeconds(2));
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
