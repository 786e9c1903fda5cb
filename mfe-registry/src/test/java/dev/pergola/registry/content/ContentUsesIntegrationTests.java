package dev.pergola.registry.content;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-2")
class ContentUsesIntegrationTests {

	private static final ContentHash HASH = new ContentHash("ab".repeat(48));

	/** The first was held up for so long that it counted as dead. */
	@ParameterizedTest
	@EnumSource
	void aRemovalEndsItselfAndNotTheOneThatFollowedIt(TestDatabase kind, @TempDir Path folder) {
		try (RegistryDatabase database = kind.open(folder, UnaryOperator.identity())) {
			ContentUses uses = new ContentUses(database);
			Instant late = Instant.now().minus(ContentUses.DEAD_REMOVAL).minus(Duration.ofMinutes(1));
			database.jdbc()
				.sql("insert into content_removal (content_hash, started_at) values (:hash, :at)")
				.param("hash", HASH.hex())
				.param("at", late.atOffset(ZoneOffset.UTC))
				.update();
			uses.forget(late);
			Instant second = uses.startRemoval(HASH).orElseThrow();
			uses.endRemoval(HASH, late);
			assertThat(uses.startRemoval(HASH)).isEmpty();
			uses.endRemoval(HASH, second);
			assertThat(uses.startRemoval(HASH)).isPresent();
		}
	}

	@ParameterizedTest
	@EnumSource
	void contentIsUsedUntilItsUploadEnds(TestDatabase kind, @TempDir Path folder) {
		try (RegistryDatabase database = kind.open(folder, UnaryOperator.identity())) {
			ContentUses uses = new ContentUses(database);
			String upload = uses.use(List.of(HASH, HASH));
			assertThat(uses.isNamedOrUsed(HASH)).isTrue();
			uses.release(upload);
			assertThat(uses.isNamedOrUsed(HASH)).isFalse();
		}
	}

}
