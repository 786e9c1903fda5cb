package dev.pergola.bridge.driver;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(20)
class LinesTests {

	private final FakeProgram program = new FakeProgram();

	private final Lines lines = new Lines(this.program);

	@Test
	void waitingForALineEndsInTimeAndTheLineComesLater() throws Exception {
		assertThat(this.lines.next(Duration.ofMillis(1))).isEmpty();
		assertThat(this.lines.hasEnded()).isFalse();
		this.program.says("one");
		this.program.ends();
		assertThat(this.lines.next(null)).contains("one");
		assertThat(this.lines.next(null)).isEmpty();
		assertThat(this.lines.next(null)).isEmpty();
		assertThat(this.lines.hasEnded()).isTrue();
	}

	@Test
	void whyReadingFailedIsToldAsItIs() throws Exception {
		IOException why = new IOException("too much") {
		};
		this.program.says("one");
		this.program.fails(why);
		assertThat(this.lines.next(null)).contains("one");
		assertThatThrownBy(() -> this.lines.next(null)).isSameAs(why);
		assertThatThrownBy(() -> this.lines.next(Duration.ZERO)).isSameAs(why);
	}

	@Test
	void readsNoFurtherWhenNobodyWantsIt() throws Exception {
		for (int i = 0; i < 200; i++) {
			this.program.says("line");
		}
		assertThat(this.lines.next(null)).contains("line");
		assertThat(this.lines.isReading()).isTrue();
		this.lines.close();
		await().until(() -> !this.lines.isReading());
	}

	@Test
	void endsWhenTheReadingFailsOfTheClosing() throws Exception {
		for (int i = 0; i < 64; i++) {
			this.program.says("line");
		}
		await().until(this.program::isRead);
		this.lines.close();
		await().until(() -> !this.lines.isReading());
	}

	@Test
	@Tag("CLI-8")
	void aLineThatIsTooLongEndsTheDialogue() {
		this.program.says("x".repeat(1_000_001));
		assertThatExceptionOfType(DialogueException.class).isThrownBy(() -> this.lines.next(null))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("LINE_TOO_LONG"));
	}

}
