package dev.pergola.bff.problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceTests {

	private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String PARENT = "00f067aa0ba902b7";

	@Test
	void readsTheTraceOfTheClient() {
		Trace trace = Trace.read("00-" + ID + "-" + PARENT + "-01", "vendor=1");
		assertThat(trace.traceId()).isEqualTo(ID);
		assertThat(trace.parentId()).isEqualTo(PARENT);
		assertThat(trace.sampled()).isTrue();
		assertThat(trace.state()).isEqualTo("vendor=1");
		assertThat(trace.parent()).startsWith("00-" + ID + "-").endsWith("-01").doesNotContain(PARENT);
	}

	@Test
	void readsALaterVersion() {
		assertThat(Trace.read("01-" + ID + "-" + PARENT + "-01-more", null).traceId()).isEqualTo(ID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-" + ID + "-" + PARENT + "-0", "00-" + ID + "-" + PARENT + "-01-more",
			"ff-" + ID + "-" + PARENT + "-01", "00-00000000000000000000000000000000-" + PARENT + "-01",
			"00-" + ID + "-0000000000000000-01", "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
			"00_" + ID + "-" + PARENT + "-01", "00-" + ID + "-" + PARENT + "-0\n" })
	void beginsATraceWhereTheClientsIsNone(String header) {
		Trace trace = Trace.read(header, "vendor=1");
		assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(ID);
		assertThat(trace.parentId()).isNull();
		assertThat(trace.state()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "a=\u00fc", "a=\r\nX: 1" })
	void leavesOutAStateThatIsNone(String state) {
		assertThat(Trace.read("00-" + ID + "-" + PARENT + "-01", state).state()).isNull();
	}

	@Test
	void callsOutEachTimeAsAnotherSpan() {
		Trace trace = new Trace(ID, false);
		assertThat(trace.call("GET", "deals").header()).isNotEqualTo(trace.call("GET", "deals").header())
			.matches("00-" + ID + "-[0-9a-f]{16}-00");
	}

}
