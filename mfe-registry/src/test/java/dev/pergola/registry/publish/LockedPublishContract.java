package dev.pergola.registry.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.pergola.registry.bundle.DirectoryBundleStore;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.DatabaseWatch;
import dev.pergola.registry.testing.HookedStore;
import dev.pergola.registry.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a publish does while it holds the revision and all others wait: little, the same
 * for any bundle, and yet nothing escapes it that happened since it looked.
 */
@Tag("registry-8")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LockedPublishContract {

	/** Names of what is looked up to find conflicts. */
	private static final String CONFLICTS = "from team_reservation";

	private final TestDatabase kind;

	private final DatabaseWatch watch = new DatabaseWatch();

	private RegistryDatabase database;

	private HookedStore store;

	private PublishingParts parts;

	LockedPublishContract(TestDatabase kind) {
		this.kind = kind;
	}

	@BeforeAll
	void open(@TempDir Path folder) {
		this.database = this.kind.open(folder, this.watch);
		this.store = new HookedStore(new DirectoryBundleStore(folder.resolve("bundles")));
		this.parts = new PublishingParts(this.database, this.store, folder);
	}

	@AfterAll
	void close() {
		this.database.close();
	}

	@Test
	void asksTheDatabaseAsOftenForManyFilesAsForOne() {
		this.parts.publish("files", "1.0.0", "one");
		this.parts.publish("files", "1.1.0", "two");
		List<String> one = this.watch.locked();
		this.parts.publish("files", "1.2.0", Bundles.manifest("files", "1.2.0", "partners"),
				IntStream.range(0, 300)
					.boxed()
					.collect(Collectors.toMap((i) -> (i == 0) ? "files.js" : "chunk-%d.js".formatted(i),
							(i) -> "content " + i)));
		assertThat(this.parts.read("files", "1.2.0")).hasSize(300).containsEntry("chunk-299.js", "content 299");
		assertThat(this.watch.locked()).isEqualTo(one).hasSizeLessThanOrEqualTo(6);
	}

	@Test
	void asksOnceMoreWhenOthersPublishedMeanwhile() {
		this.parts.publish("alone", "1.0.0", "one");
		this.parts.publish("alone", "1.1.0", "two");
		int alone = this.watch.locked().size();
		this.store.beforePut(() -> {
			this.parts.publish("other-a", "1.0.0", "a");
			this.parts.publish("other-b", "1.0.0", "b");
		});
		this.parts.publish("alone", "1.2.0", "three");
		assertThat(this.watch.locked()).hasSize(alone + 1).noneMatch((sql) -> sql.contains(CONFLICTS));
	}

	@Test
	void refusesANameThatWasTakenAfterItLooked() {
		this.parts.publish("holder", "1.0.0", "holder");
		String manifest = Bundles.manifest("late", "1.0.0", "partners").replace("\"/late\"", "\"/holder\"");
		this.store.beforePut(() -> this.parts.rollOut("holder", "1.0.0"));
		assertThatExceptionOfType(PublishRefusedException.class)
			.isThrownBy(() -> this.parts.publish("late", "1.0.0", manifest, Map.of("late.js", "late")))
			.satisfies((refused) -> assertThat(refused.findings())
				.anySatisfy((finding) -> assertThat(finding.pointer()).isEqualTo("/pages/0/path")));
		assertThat(this.watch.locked()).anyMatch((sql) -> sql.contains(CONFLICTS));
		assertThat(this.parts.hasModule("late")).isFalse();
	}

	@Test
	void seesThatTheSameVersionWasPublishedAfterItLooked() {
		this.store.beforePut(() -> this.parts.publish("twice", "1.0.0", "same"));
		assertThat(this.parts.publish("twice", "1.0.0", "same").outcome()).isEqualTo(Published.IDENTICAL);
		long before = this.parts.revision();
		this.store.beforePut(() -> this.parts.publish("twice", "1.1.0", "one"));
		assertThatExceptionOfType(VersionExistsException.class)
			.isThrownBy(() -> this.parts.publish("twice", "1.1.0", "other"));
		assertThat(this.parts.revision()).isEqualTo(before + 1);
		assertThat(this.parts.read("twice", "1.1.0")).containsEntry("twice.js", "one");
	}

	@Test
	void seesThatTheModuleBelongsToAnotherTeamSinceItLooked() {
		String foreign = Bundles.manifest("owned", "1.1.0", "deals");
		this.store.beforePut(() -> this.parts.publish("owned", "1.0.0", "first"));
		assertThatExceptionOfType(PublishRefusedException.class)
			.isThrownBy(() -> this.parts.publish("owned", "1.1.0", foreign, Map.of("owned.js", "second")))
			.withMessageContaining("owned/1.1.0");
	}

}
