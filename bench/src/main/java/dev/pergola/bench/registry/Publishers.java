package dev.pergola.bench.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;

/**
 * Many who publish at once, each a module of its own, on all nodes in turn.
 */
final class Publishers {

	private final List<Node> nodes;

	private final String name;

	private final Queue<Published> published = new ConcurrentLinkedQueue<>();

	private final AtomicInteger notAcknowledged = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	/**
	 * Creates the publishers.
	 * @param name start of the names of their modules
	 */
	Publishers(List<Node> nodes, String name) {
		this.nodes = nodes;
		this.name = name;
	}

	/**
	 * Publishes and waits for all.
	 * @param publishers how many at once
	 * @param versions how many each of them publishes, one after the other
	 */
	void run(int publishers, int versions) {
		this.open.set(publishers);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < publishers; i++) {
				int publisher = i;
				executor.submit(() -> publish(publisher, versions));
			}
		}
	}

	boolean done() {
		return this.open.get() == 0;
	}

	Collection<Published> published() {
		return this.published;
	}

	/** Attempts that a crash cut off. */
	int notAcknowledged() {
		return this.notAcknowledged.get();
	}

	/**
	 * Time that a share of the publishes stayed under, in milliseconds.
	 * @param share 0 to 1; 1 for the slowest
	 */
	long withinMs(double share) {
		long[] sorted = this.published.stream().mapToLong((each) -> each.took().toMillis()).sorted().toArray();
		return (sorted.length == 0) ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
	}

	/**
	 * Acknowledged versions that a node does not have whole, asked for one by one.
	 */
	Set<String> missing(Api api) throws IOException, InterruptedException {
		Set<String> missing = new TreeSet<>();
		for (Published each : this.published) {
			JsonNode version = api.get("/modules/%s/versions/%s".formatted(each.module(), each.version()));
			String content = api.file(each.module(), each.version());
			if (version.isMissingNode() || !content.equals(Bundle.content(each.version()))) {
				missing.add(each.module() + " " + each.version());
			}
		}
		return missing;
	}

	private Void publish(int publisher, int versions) throws InterruptedException {
		String module = "%s-%d".formatted(this.name, publisher);
		for (int i = 0; i < versions; i++) {
			String version = "1.%d.0".formatted(i);
			byte[] zip = Bundle.of(module, version, "");
			Node node = this.nodes.get((publisher + i) % this.nodes.size());
			long start = System.nanoTime();
			try {
				int status = node.api().publish(module, version, zip);
				if (status / 100 == 2) {
					this.published.add(new Published(module, version, Duration.ofNanos(System.nanoTime() - start)));
				}
				else {
					this.notAcknowledged.incrementAndGet();
				}
			}
			catch (IOException cutOff) {
				this.notAcknowledged.incrementAndGet();
			}
		}
		this.open.decrementAndGet();
		return null;
	}

	/**
	 * A version that the registry acknowledged.
	 *
	 * @param took from the request to the answer
	 */
	record Published(String module, String version, Duration took) {

	}

}
