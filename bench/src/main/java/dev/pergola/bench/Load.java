package dev.pergola.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * So many connections that each ask again as soon as they were answered.
 */
public final class Load {

	private final int connections;

	/**
	 * Creates the load.
	 * @param connections how many ask at once
	 */
	public Load(int connections) {
		this.connections = connections;
	}

	/**
	 * Asks for a time.
	 * @param url what is asked for
	 * @param headers sent with each request
	 * @return figures of this time; {@link IllegalStateException} when an answer was not
	 * 200
	 */
	public Result run(String url, Map<String, String> headers, Duration time) {
		ConnectionProvider pool = ConnectionProvider.create("load", this.connections);
		HttpClient client = HttpClient.create(pool).headers((all) -> headers.forEach(all::set));
		ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
		AtomicLong failed = new AtomicLong();
		long start = System.nanoTime();
		long end = start + time.toNanos();
		Flux.range(0, this.connections).flatMap((connection) -> Mono.defer(() -> {
			long asked = System.nanoTime();
			return client.get().uri(url).responseSingle((answer, body) -> body.asByteArray().map((bytes) -> {
				nanos.add(System.nanoTime() - asked);
				if (answer.status().code() != 200) {
					failed.incrementAndGet();
				}
				return bytes;
			}));
		}).repeat(() -> System.nanoTime() < end), this.connections).blockLast();
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		pool.dispose();
		long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
		if (failed.get() > 0) {
			throw new IllegalStateException("%s: %d of %d requests failed".formatted(url, failed.get(), sorted.length));
		}
		return new Result(sorted.length * 1e9 / took.toNanos(), percentile(sorted, 0.5), percentile(sorted, 0.99));
	}

	private static double percentile(long[] sorted, double share) {
		return (sorted.length == 0) ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
	}

	/**
	 * What was measured.
	 *
	 * @param perSecond requests answered in a second
	 * @param p50Ms median time in milliseconds
	 * @param p99Ms time in milliseconds that 99 of 100 requests stayed under
	 */
	public record Result(double perSecond, double p50Ms, double p99Ms) {

		/**
		 * What is in the middle of several rounds, for each figure by itself.
		 * @param results an odd number of rounds
		 */
		public static Result median(Result... results) {
			return new Result(median(results, Result::perSecond), median(results, Result::p50Ms),
					median(results, Result::p99Ms));
		}

		private static double median(Result[] results, ToDoubleFunction<Result> figure) {
			return Arrays.stream(results).mapToDouble(figure).sorted().toArray()[results.length / 2];
		}

	}

}
