package dev.pergola.registry.conflict;

import dev.pergola.registry.conflict.Reservation.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-7")
class ReservationTests {

	@ParameterizedTest
	@CsvSource({ "/deals, /deals, true", "/deals, /deals/{id}, true", "/deals, /dealsroom, false",
			"/deals, /{any}, true", "/deals/won, /deals, false", "/deals/won, /deals/{id}, true",
			"/deals/won, /{a}/{b}/{c}, true", "/deals, /, false" })
	void coversAPathAndWhatIsBelow(String prefix, String path, boolean covered) {
		assertThat(new Reservation("partners", Kind.PATH, prefix).covers(path)).isEqualTo(covered);
	}

	@ParameterizedTest
	@CsvSource({ "deals-, deals-card, true", "deals-, deals, false", "deals, dealsroom, true",
			"deals, my-deals, false" })
	void coversNamesByTheirStart(String prefix, String name, boolean covered) {
		assertThat(new Reservation("partners", Kind.ELEMENT, prefix).covers(name)).isEqualTo(covered);
	}

}
