package dev.pergola.bench.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Streams that are held open until this is closed, which also cancels their runs.
 */
final class OpenStreams implements AutoCloseable {

	private static final String AT = "at:";

	private static final int EVENTS_PER_SECOND = 10;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final Way way;

	private final HttpClient client;

	private final ConnectionProvider pool;

	private final Disposable.Composite streams = Disposables.composite();

	private final List<String> runIds;

	private final Queue<Long> firstBytes = new ConcurrentLinkedQueue<>();

	private final int count;

	// No object for each, which this program would stop to collect: it would measure
	// itself.
	private volatile AtomicLongArray delays = new AtomicLongArray(0);

	private final AtomicInteger noted = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean counts;

	/**
	 * Opens streams and waits until an agent said something on each.
	 * @param runs number of runs
	 * @param viewers number of streams that watch each run, its starter's included
	 * @param apart time between two starts
	 */
	OpenStreams(Way way, int runs, int viewers, Duration apart) throws InterruptedException {
		this.way = way;
		this.count = runs * viewers;
		this.pool = ConnectionProvider.builder("streams").maxConnections(runs * viewers + 16).build();
		this.client = HttpClient.create(this.pool).headers((all) -> {
			way.headers().forEach(all::set);
			all.set("Accept", "text/event-stream");
			all.set("Content-Type", "application/json");
			all.set("Sec-Fetch-Site", "same-origin");
		});
		this.runIds = IntStream.range(0, runs).mapToObj((number) -> UUID.randomUUID().toString()).toList();
		for (String runId : this.runIds) {
			start(runId);
			Thread.sleep(apart);
		}
		await(runs);
		for (int viewer = 1; viewer < viewers; viewer++) {
			for (String runId : this.runIds) {
				watch(this.client.get().uri(way.events(runId)));
				Thread.sleep(apart.dividedBy(2));
			}
		}
		await(runs * viewers);
	}

	/** Times from a start to its first bytes. */
	Delays firstBytes() {
		return Delays.of(this.firstBytes.stream().mapToLong(Long::longValue));
	}

	/** Times from writing to arrival of what arrives from now on. */
	Delays delays(Duration time) throws InterruptedException {
		this.noted.set(0);
		// Some may write a little faster than they should.
		this.delays = new AtomicLongArray(Math.toIntExact(2 * this.count * EVENTS_PER_SECOND * time.toSeconds()));
		this.counts = true;
		Thread.sleep(time);
		this.counts = false;
		// Who is about to note one does so.
		Thread.sleep(20);
		if (!this.failures.isEmpty()) {
			throw new IllegalStateException("%s: %d streams ended, first: %s".formatted(this.way.start(),
					this.failures.size(), this.failures.peek()));
		}
		if (this.noted.get() == 0) {
			throw new IllegalStateException("%s: nothing arrived".formatted(this.way.start()));
		}
		return Delays
			.of(IntStream.range(0, Math.min(this.noted.get(), this.delays.length())).mapToLong(this.delays::get));
	}

	private void start(String runId) {
		watch(this.client.post().uri(this.way.start()).send(ByteBufFlux.fromString(Mono.just(Way.input(runId)))));
	}

	private void watch(HttpClient.ResponseReceiver<?> request) {
		long asked = System.nanoTime();
		AtomicBoolean isFirst = new AtomicBoolean(true);
		AtomicBoolean isSilent = new AtomicBoolean(true);
		this.streams.add(request.response((answer, body) -> checked(answer, body.asString(StandardCharsets.UTF_8)))
			.subscribe((text) -> {
				if (isFirst.getAndSet(false)) {
					this.firstBytes.add(System.nanoTime() - asked);
				}
				if (text.contains("at:") && isSilent.getAndSet(false)) {
					this.answered.incrementAndGet();
				}
				note(text);
			}, (ex) -> this.failures.add(ex.toString()), () -> this.failures.add("ended by itself")));
	}

	private static Flux<String> checked(HttpClientResponse answer, Flux<String> body) {
		return (answer.status().code() == 200) ? body : body.collectList()
			.flatMapMany((text) -> Flux.error(new IllegalStateException(answer.status() + " " + text)));
	}

	private void note(String text) {
		if (!this.counts) {
			return;
		}
		long now = System.nanoTime();
		AtomicLongArray delays = this.delays;
		for (int at = text.indexOf(AT); at >= 0; at = text.indexOf(AT, at + 1)) {
			int start = at + AT.length();
			int end = text.indexOf(';', start);
			if (end < 0) {
				// A piece cut in the middle of a time is counted by no one.
				return;
			}
			int place = this.noted.getAndIncrement();
			if (place < delays.length()) {
				delays.set(place, now - Long.parseLong(text, start, end, 10));
			}
		}
	}

	private void await(int count) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (this.answered.get() < count) {
			if (!this.failures.isEmpty() || System.nanoTime() > end) {
				close();
				throw new IllegalStateException("%s: %d of %d streams answer, %d failed, first: %s".formatted(
						this.way.start(), this.answered.get(), count, this.failures.size(), this.failures.peek()));
			}
			Thread.sleep(20);
		}
	}

	/** Ends all streams and, where runs go on by themselves, the runs. */
	@Override
	public void close() {
		this.streams.dispose();
		if (this.way.keepsRuns()) {
			Flux.fromIterable(this.runIds)
				.flatMap((runId) -> this.client.post()
					.uri(this.way.cancel(runId))
					.response()
					.timeout(Duration.ofSeconds(20))
					.onErrorComplete(), 16)
				.blockLast();
		}
		this.pool.dispose();
	}

}
