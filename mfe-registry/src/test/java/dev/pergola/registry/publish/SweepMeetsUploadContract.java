package dev.pergola.registry.publish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.registry.bundle.BundleProperties;
import dev.pergola.registry.bundle.BundleProperties.Kind;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.bundle.ContentMissingException;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.testing.DatabaseWatch;
import dev.pergola.registry.testing.HookedStore;
import dev.pergola.registry.testing.S3Server;
import dev.pergola.registry.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Content that no version names is about to be removed, and somebody publishes the same
 * content: at each moment at which the two can meet, the version has all its files.
 */
@Tag("registry-2")
@Tag("registry-3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SweepMeetsUploadContract {

	/** The upload looks for removals; it has said what it uses. */
	private static final String LOOK = "from content_removal removal";

	private static final AtomicInteger NAMES = new AtomicInteger();

	private final TestDatabase kind;

	private final DatabaseWatch watch = new DatabaseWatch();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final Map<Kind, HookedStore> stores = new EnumMap<>(Kind.class);

	private RegistryDatabase database;

	@TempDir
	private Path uploads;

	SweepMeetsUploadContract(TestDatabase kind) {
		this.kind = kind;
	}

	@BeforeAll
	void open(@TempDir Path folder) {
		this.database = this.kind.open(folder, this.watch);
		for (Kind each : Kind.values()) {
			this.stores.put(each, new HookedStore(store(each, folder.resolve("bundles"))));
		}
	}

	@AfterEach
	void clear() {
		this.watch.clear();
	}

	@AfterAll
	void close() {
		this.executor.close();
		this.database.close();
	}

	@ParameterizedTest
	@EnumSource
	void removesWhatNobodyNamesOrUses(Kind kind) {
		PublishingParts parts = parts(kind);
		String module = module();
		parts.publish(module, "1.0.0", "kept");
		ContentHash left = parts.store(left(module));
		assertThat(parts.sweep()).isOne();
		assertThatExceptionOfType(ContentMissingException.class).isThrownBy(() -> this.stores.get(kind).get(left));
		assertThat(parts.sweep()).isZero();
	}

	/** The upload comes first: what it said it uses is left alone. */
	@ParameterizedTest
	@EnumSource
	void leavesWhatAnUploadSaidItUses(Kind kind) throws Exception {
		PublishingParts parts = parts(kind);
		String module = module();
		parts.store(left(module));
		AtomicReference<CompletableFuture<Published>> upload = new AtomicReference<>();
		CountDownLatch stores = new CountDownLatch(1);
		CountDownLatch swept = new CountDownLatch(1);
		this.stores.get(kind).beforeVisit(() -> {
			this.stores.get(kind).beforePut(() -> {
				stores.countDown();
				await(swept);
			});
			upload.set(publish(parts, module));
			await(stores);
		});
		assertThat(parts.sweep()).isZero();
		swept.countDown();
		assertPublished(parts, module, upload.get());
	}

	/** The removal is announced, but has not looked a second time. */
	@ParameterizedTest
	@EnumSource
	void givesWayToAnUploadThatComesBeforeItsLastLook(Kind kind) throws Exception {
		PublishingParts parts = parts(kind);
		String module = module();
		parts.store(left(module));
		AtomicReference<CompletableFuture<Published>> upload = new AtomicReference<>();
		CountDownLatch waits = new CountDownLatch(1);
		this.watch.after(LOOK, waits::countDown);
		this.watch.after("insert into content_removal", () -> {
			upload.set(publish(parts, module));
			await(waits);
		});
		assertThat(parts.sweep()).isZero();
		assertPublished(parts, module, upload.get());
	}

	/** The removal has looked for the last time: the upload waits and stores anew. */
	@ParameterizedTest
	@EnumSource
	void storesAnewWhatIsBeingRemoved(Kind kind) throws Exception {
		PublishingParts parts = parts(kind);
		String module = module();
		parts.store(left(module));
		AtomicReference<CompletableFuture<Published>> upload = new AtomicReference<>();
		CountDownLatch waits = new CountDownLatch(1);
		this.watch.after(LOOK, waits::countDown);
		this.stores.get(kind).beforeRemove(() -> {
			upload.set(publish(parts, module));
			await(waits);
			assertThat(upload.get()).isNotDone();
		});
		assertThat(parts.sweep()).isOne();
		assertPublished(parts, module, upload.get());
	}

	private void assertPublished(PublishingParts parts, String module, CompletableFuture<Published> upload)
			throws Exception {
		assertThat(upload.get(20, TimeUnit.SECONDS).isCreated()).isTrue();
		assertThat(parts.read(module, "1.0.0")).containsEntry(module + ".js", left(module));
		assertThat(parts.sweep()).isZero();
		assertThat(parts.read(module, "1.0.0")).containsEntry(module + ".js", left(module));
	}

	private CompletableFuture<Published> publish(PublishingParts parts, String module) {
		return CompletableFuture.supplyAsync(() -> parts.publish(module, "1.0.0", left(module)), this.executor);
	}

	private PublishingParts parts(Kind kind) {
		return new PublishingParts(this.database, this.stores.get(kind), this.uploads);
	}

	private BundleStore store(Kind kind, Path folder) {
		return new BundleProperties(kind,
				new BundleProperties.S3(S3Server.BUCKET, "sweep-%s/".formatted(this.kind), S3Server.endpoint(),
						"eu-central-1", true, "key", "secret", Duration.ofSeconds(2), Duration.ofSeconds(10)))
			.open(folder);
	}

	private static String module() {
		return "met" + NAMES.incrementAndGet();
	}

	private static String left(String module) {
		return "left by a process that died while it published " + module;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
