package dev.pergola.bench.proxy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.bench.Load;
import dev.pergola.bench.Portal;
import dev.pergola.bench.SignedIn;
import dev.pergola.bench.Table;
import dev.pergola.bench.registry.Api;
import dev.pergola.bench.registry.Bundle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Answers made of several, and answers that do not end. */
final class ViewsAndStreams {

	private static final String MODULE = "bench-views";

	private static final Duration TIME = Duration.ofSeconds(10);

	private static final int STREAMS = Integer.getInteger("bench.streams", 1000);

	private static final int IDLE_STREAMS = Integer.getInteger("bench.idleStreams", 10_000);

	private static final Pattern AT = Pattern.compile("\"at\":(\\d+)");

	private final Portal portal;

	private final SignedIn person;

	private final DelayedService service;

	private final Table table;

	ViewsAndStreams(Portal portal, SignedIn person, DelayedService service, Table table) {
		this.portal = portal;
		this.person = person;
		this.service = service;
		this.table = table;
	}

	void publish() throws Exception {
		Api registry = this.portal.registry(this.person);
		registry.put("/teams/bench", "{\"contact\": \"bench@example.com\", \"hosts\": [\"localhost\"]}");
		Portal.publish(registry, MODULE, "1.0.0", Bundle.withViews(MODULE, "1.0.0", this.service.url(), 5));
		this.portal.await(this.person, "/views/%s/parts1".formatted(MODULE));
	}

	void views() {
		Load one = new Load(1);
		String single = this.portal.url("/views/%s/parts1".formatted(MODULE));
		String five = this.portal.url("/views/%s/parts5".formatted(MODULE));
		one.run(single, this.person.headers(), TIME.dividedBy(3));
		one.run(five, this.person.headers(), TIME.dividedBy(3));
		Load.Result toSingle = one.run(single, this.person.headers(), TIME);
		Load.Result toFive = one.run(five, this.person.headers(), TIME);
		this.table.add("view of 5 parts, each 100 ms: p50, times one part", toFive.p50Ms() / toSingle.p50Ms(), 1.1);
	}

	void streams() throws InterruptedException {
		double direct = delay(this.service.url() + "/events", Map.of());
		double through = delay(this.portal.url("/api/%s/events".formatted(MODULE)), this.person.headers());
		this.table.note("%d streams, 10 events/s each: p99 delay %.1f ms direct, %.1f ms through the portal"
			.formatted(STREAMS, direct, through));
		this.table.add("%,d streams, 10 events/s: p99 delay, times direct".formatted(STREAMS), through / direct, 2);
		idle();
	}

	private double delay(String url, Map<String, String> headers) throws InterruptedException {
		ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
		boolean[] counts = { false };
		Disposable streams = open(url, headers, STREAMS, (text) -> {
			Matcher at = AT.matcher(text);
			while (counts[0] && at.find()) {
				delays.add(System.nanoTime() - Long.parseLong(at.group(1)));
			}
		});
		Thread.sleep(TIME.toMillis());
		counts[0] = true;
		Thread.sleep(TIME.toMillis());
		streams.dispose();
		List<Long> sorted = delays.stream().sorted().toList();
		long expected = STREAMS * TIME.toMillis() / DelayedService.DELAY.toMillis();
		if (sorted.size() < expected * 9 / 10) {
			throw new IllegalStateException("%s: %d of %d events came".formatted(url, sorted.size(), expected));
		}
		return sorted.get((int) (sorted.size() * 0.99)) / 1e6;
	}

	private void idle() throws InterruptedException {
		long before = this.portal.residentMib();
		CountDownLatch open = new CountDownLatch(IDLE_STREAMS);
		Disposable streams = open(this.portal.url("/api/%s/idle".formatted(MODULE)), this.person.headers(),
				IDLE_STREAMS, (text) -> {
					if (text.contains(DelayedService.OPEN)) {
						open.countDown();
					}
				});
		if (!open.await(2, TimeUnit.MINUTES)) {
			throw new IllegalStateException("%d of %d idle streams did not open (open files: ulimit -n)"
				.formatted(open.getCount(), IDLE_STREAMS));
		}
		Thread.sleep(TIME.toMillis() * 2);
		long after = this.portal.residentMib();
		streams.dispose();
		this.table.add("%,d idle streams: resident KiB each".formatted(IDLE_STREAMS),
				(after - before) * 1024.0 / IDLE_STREAMS, 16);
	}

	private static Disposable open(String url, Map<String, String> headers, int count, Consumer<String> onText) {
		HttpClient client = HttpClient.create(ConnectionProvider.create("streams", count)).headers((all) -> {
			headers.forEach(all::set);
			all.set("Accept", "text/event-stream");
			all.set("Sec-Fetch-Site", "same-origin");
		});
		return Flux.range(0, count)
			.delayElements(Duration.ofMillis(1))
			.flatMap((number) -> client.get()
				.uri(URI.create(url))
				.responseContent()
				.asString(StandardCharsets.UTF_8)
				.doOnNext(onText)
				.onErrorResume((ex) -> {
					System.out.println("stream: " + ex);
					return Flux.empty();
				}), count)
			.subscribe();
	}

}
