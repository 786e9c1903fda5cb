package dev.pergola.bff.streams;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventIdTests {

	@Test
	void sortsAsTextAsItSortsAsNumbers() {
		List<EventId> ids = List.of(new EventId(9, 1), new EventId(10, 9), new EventId(10, 10), new EventId(256, 0));
		assertThat(ids).isSorted();
		assertThat(ids.stream().map(EventId::toString).toList()).isSorted();
	}

	@Test
	void readsWhatItWrites() {
		EventId id = new EventId(1_795_000_000_000L, 4711);
		assertThat(EventId.parse(id.toString())).contains(id);
		assertThat(id.toString()).doesNotContainPattern("[,&=?/]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1-1", "000000000001-00000000011", "00000000000g-0000000001",
			"000000000001-000000000x", "000000000001-0000000001 " })
	void readsNothingElse(String text) {
		assertThat(EventId.parse(text)).isEmpty();
	}

}
