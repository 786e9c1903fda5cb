package dev.pergola.bff.runlog;

import java.time.Duration;

import dev.pergola.bff.streams.CursorLog;
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
		this.writer.keep(new TestRun());
		this.writer.retain((name) -> true, true);
		assertThat(this.writer.has(NAME.digest())).as("this node has it").isTrue();
		this.writer.retain((name) -> false, false);
		assertThat(this.writer.has(NAME.digest())).as("its end is to be written").isTrue();
		this.writer.retain((name) -> false, true);
		assertThat(this.writer.has(NAME.digest())).isFalse();
	}

	/** A run that ended before anything of it was written. */
	private static final class TestRun implements KeptRun {

		private final CursorLog<byte[]> log = new CursorLog<>(1, new CursorLog.Bounds(10, 1000, 10));

		TestRun() {
			this.log.append(new byte[] { '{', '}' }, 2);
			this.log.close();
		}

		@Override
		public RunRecord record() {
			return TestRecords.ended(NAME, "t", "");
		}

		@Override
		public CursorLog<byte[]> log() {
			return this.log;
		}

		@Override
		public String upstreamId(long sequence) {
			return "";
		}

		@Override
		public void onCancel() {
			throw new IllegalStateException("cancelled by nobody");
		}

		@Override
		public void onWatched() {
			throw new IllegalStateException("watched by nobody");
		}

		@Override
		public void onLost() {
			throw new IllegalStateException("lost to nobody");
		}

	}

}
