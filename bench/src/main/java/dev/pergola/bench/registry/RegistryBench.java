package dev.pergola.bench.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.pergola.bench.Packaged;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Puts three registries over one PostgreSQL under load, kills them, and fills a portal
 * with thousands of modules; prints a table and writes it to `bench/results/`. A broken
 * promise ends it with an error.
 */
public final class RegistryBench {

	private static final int NODES = 3;

	private static final int PUBLISHERS = 50;

	private static final int VERSIONS = Integer.getInteger("bench.registry.versions", 10);

	private static final int WARM_UP = Integer.getInteger("bench.registry.warmUp", 10);

	private static final int MODULES = Integer.getInteger("bench.registry.modules", 5_000);

	private static final int VISIBLE = 20;

	private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("bench.registry.soakMinutes", 0));

	private final Map<String, String> figures = new LinkedHashMap<>();

	private final List<String> broken = new ArrayList<>();

	/**
	 * Runs everything, from the root of the repository.
	 * @return whether every promise was kept
	 */
	public boolean run() throws Exception {
		Path folder = Files.createTempDirectory("pergola-registry-bench-");
		overPostgres(folder);
		this.figures.putAll(new BigCatalog(MODULES, VISIBLE).measure(Packaged.jar("standalone"), folder,
				Packaged.freePort(), Packaged.freePort()));
		write();
		this.broken.forEach((promise) -> System.out.println("broken: " + promise));
		return this.broken.isEmpty();
	}

	private void overPostgres(Path folder) throws Exception {
		List<Node> nodes = new ArrayList<>();
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
			for (int i = 0; i < NODES; i++) {
				Node node = new Node(Packaged.jar("mfe-registry"), postgres.getJdbcUrl("postgres", "postgres"), folder,
						i, Packaged.freePort());
				nodes.add(node);
				node.await();
			}
			fiftyAtOnce(nodes);
			crashes(nodes, "crash", nodes);
			soak(nodes);
			this.figures.putAll(new Buckets(nodes.getFirst().api()).measure());
			gapless(postgres);
		}
		finally {
			nodes.forEach(Node::close);
		}
	}

	private void fiftyAtOnce(List<Node> nodes) throws Exception {
		new Publishers(nodes, "warm").run(PUBLISHERS, WARM_UP);
		Publishers publishers = new Publishers(nodes, "fifty");
		publishers.run(PUBLISHERS, VERSIONS);
		int expected = PUBLISHERS * VERSIONS;
		this.figures.put("%d publishers on %d nodes, %d versions: acknowledged".formatted(PUBLISHERS, NODES, expected),
				"" + publishers.published().size());
		this.figures.put("publish p50 / p99 / slowest, ms (promised: 2000)",
				"%d / %d / %d".formatted(publishers.withinMs(0.5), publishers.withinMs(0.99), publishers.withinMs(1)));
		promise(publishers.published().size() == expected, "every publish is acknowledged");
		promise(publishers.withinMs(1) <= 2000, "none waits more than 2 s");
		promise(publishers.missing(nodes.getLast().api()).isEmpty(), "every acknowledged version is there");
	}

	/** The same again and again; the first node lives through it all. */
	private void soak(List<Node> nodes) throws Exception {
		long end = System.nanoTime() + SOAK.toNanos();
		long first = 0;
		int rounds = 0;
		while (System.nanoTime() < end) {
			crashes(nodes, "soak%d".formatted(rounds), nodes.subList(1, NODES));
			long resident = nodes.getFirst().residentMib();
			first = (first == 0) ? resident : first;
			rounds++;
			this.figures.put("%d rounds in %d minutes: resident of a node after the first / last, MiB".formatted(rounds,
					SOAK.toMinutes()), "%d / %d".formatted(first, resident));
		}
	}

	/** Publishes to all nodes while some of them are killed and started again. */
	private void crashes(List<Node> nodes, String name, List<Node> killed) throws Exception {
		Publishers publishers = new Publishers(nodes, name);
		Random random = new Random(9);
		int crashes = 0;
		try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
			executor.submit(() -> publishers.run(PUBLISHERS, VERSIONS));
			do {
				TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 1500));
				killed.get(random.nextInt(killed.size())).crash();
				crashes++;
			}
			while (!publishers.done());
		}
		Set<String> missing = publishers.missing(nodes.getFirst().api());
		this.figures.put(
				"%s: %d kills during %d publishes: acknowledged / cut off / lost".formatted(name, crashes,
						PUBLISHERS * VERSIONS),
				"%d / %d / %d".formatted(publishers.published().size(), publishers.notAcknowledged(), missing.size()));
		promise(missing.isEmpty(), "a crash loses nothing acknowledged: " + missing);
	}

	/** Every revision up to the last is there once. */
	private void gapless(EmbeddedPostgres postgres) throws SQLException {
		try (Connection connection = postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"select count(distinct revision), max(revision) from audit_entry where revision > 0")) {
			row.next();
			long missing = row.getLong(2) - row.getLong(1);
			this.figures.put("revisions written / missing", "%d / %d".formatted(row.getLong(2), missing));
			promise(missing == 0, "revisions are gapless");
		}
	}

	private void promise(boolean kept, String what) {
		if (!kept) {
			this.broken.add(what);
		}
	}

	private void write() throws IOException {
		StringBuilder table = new StringBuilder("| what | measured |\n| --- | --- |\n");
		this.figures.forEach((what, value) -> table.append("| %s | %s |\n".formatted(what, value)));
		System.out.print(table);
		Files.writeString(Files.createDirectories(Path.of("bench/results")).resolve("registry.md"),
				"# The registry, measured %s\n\n%d cores, Java %s; everything shares the machine.\n\n%s".formatted(
						LocalDate.now(ZoneId.systemDefault()), Runtime.getRuntime().availableProcessors(),
						Runtime.version(), table));
	}

}
