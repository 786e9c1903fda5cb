package dev.pergola.registry.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.pergola.manifests.catalog.CatalogChange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-16")
class ChangeLogTests {

	private final ChangeLog log = new ChangeLog(3, DataSize.ofBytes(4150));

	@Test
	void givesTheChangeThatFollows() {
		add(1, 2);
		add(2, 5);
		assertThat(text(1)).startsWith("id:2\nevent:change\ndata:{\"from\":1,\"revision\":2,").endsWith("}\n\n");
		assertThat(text(2)).contains("{\"from\":2,\"revision\":5,");
		assertThat(this.log.after(5)).isEmpty();
	}

	@Test
	void letsAWatcherJoinInTheMiddleOfAChange() {
		add(9, 12);
		assertThat(text(10)).contains("{\"from\":10,\"revision\":12,");
	}

	@Test
	void forgetsTheOldestBeyondItsNumber() {
		for (long revision = 1; revision < 6; revision++) {
			add(revision, revision + 1);
		}
		assertThat(this.log.after(2)).isEmpty();
		assertThat(this.log.after(3)).isPresent();
	}

	@Test
	void forgetsTheOldestBeyondItsSize() {
		add(1, 2);
		this.log.add(new CatalogChange(2, 3, Instant.EPOCH, List.of(), List.of("x".repeat(4000)), null));
		assertThat(this.log.after(1)).isEmpty();
		assertThat(this.log.after(2)).isPresent();
		this.log.add(new CatalogChange(3, 4, Instant.EPOCH, List.of(), List.of("x".repeat(5000)), null));
		assertThat(this.log.after(3)).isEmpty();
	}

	@Test
	void startsAnewAfterAGap() {
		add(1, 2);
		add(7, 8);
		assertThat(this.log.after(1)).isEmpty();
		assertThat(this.log.after(7)).isPresent();
	}

	private void add(long from, long revision) {
		this.log.add(new CatalogChange(from, revision, Instant.EPOCH, List.of(), List.of(), null));
	}

	private String text(long seen) {
		Optional<Frame> frame = this.log.after(seen);
		return frame.orElseThrow()
			.parts()
			.stream()
			.map((part) -> StandardCharsets.UTF_8.decode(part.duplicate()).toString())
			.collect(Collectors.joining());
	}

}
