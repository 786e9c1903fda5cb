package dev.pergola.bff.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogPagesTests {

	private final LogPages pages = new LogPages();

	@Test
	void valuesOfAnySizeComeBackAsTheyWere() {
		for (int size : List.of(1, 255, 1, 256, LogPages.PAGE - 1, 0, LogPages.PAGE, 3 * LogPages.PAGE + 7, 5)) {
			this.pages.add(bytes(size), size);
			int last = this.pages.count() - 1;
			assertThat(this.pages.size(last)).isEqualTo(size);
			assertThat(this.pages.value(last)).isEqualTo(bytes(size));
		}
		assertThat(this.pages.bytes()).isEqualTo(1 + 255 + 1 + 256 + 5L * LogPages.PAGE - 1 + 7 + 5);
	}

	@Test
	void itHoldsWhatAListHolds() {
		Random random = new Random(7);
		List<byte[]> expected = new ArrayList<>();
		for (int step = 0; step < 20_000; step++) {
			if (!expected.isEmpty() && random.nextInt(5) < 2) {
				this.pages.removeFirst();
				expected.removeFirst();
			}
			else {
				byte[] value = bytes(random.nextInt((step % 50 == 0) ? 9000 : 120));
				this.pages.add(value, value.length);
				expected.add(value);
			}
			assertThat(this.pages.count()).isEqualTo(expected.size());
			if (!expected.isEmpty()) {
				int any = random.nextInt(expected.size());
				assertThat(this.pages.value(any)).isEqualTo(expected.get(any));
				assertThat(this.pages.value(0)).isEqualTo(expected.getFirst());
			}
		}
		assertThat(this.pages.bytes()).isEqualTo(expected.stream().mapToLong((value) -> value.length).sum());
	}

	private static byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

}
