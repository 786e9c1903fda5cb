package dev.pergola.bff.runlog;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class RunWriterTests {

	private static final RunName NAME = new RunName("ada", "r");

	private final RunWriter writer = new RunWriter(
			new RunLogProperties.Redis("redis://localhost:1", "test:", Duration.ofMillis(30), Duration.ofSeconds(1),
					Duration.ofSeconds(10), DataSize.ofKilobytes(256), 1000),
			"node", Duration.ofMinutes(30), Duration.ofMinutes(15));

	@Test
	void letsGoOfWhatNobodyCanWriteAndThisNodeHasForgotten() {
		this.writer.keep(TestRun.ended(NAME));
		this.writer.retain((name) -> true, true);
		assertThat(this.writer.has(NAME.digest())).as("this node has it").isTrue();
		this.writer.retain((name) -> false, false);
		assertThat(this.writer.has(NAME.digest())).as("its end is to be written").isTrue();
		this.writer.retain((name) -> false, true);
		assertThat(this.writer.find(NAME.digest())).isEmpty();
		assertThat(this.writer.has(NAME.digest())).as("it is not taken for one that was lost").isTrue();
	}

}
