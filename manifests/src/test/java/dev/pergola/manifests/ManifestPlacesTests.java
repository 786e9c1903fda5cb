package dev.pergola.manifests;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestPlacesTests {

	private final ManifestPlaces places = ManifestPlaces.of("""
			{ "host": "^9",
			  "files": { "a/b.js": "x" } }
			""".getBytes(StandardCharsets.UTF_8));

	@Test
	void findsLineAndColumnOfAValue() {
		assertThat(this.places.locate(new Finding("/host", "host: no", 0, 0)))
			.isEqualTo(new Finding("/host", "host: no", 1, 11));
		assertThat(this.places.locate(new Finding("/files/a~1b.js", "no", 0, 0)).line()).isEqualTo(2);
	}

	@Test
	void pointsAtTheNearestThatIsThere() {
		assertThat(this.places.locate(new Finding("/files/missing.js", "no", 0, 0)))
			.isEqualTo(new Finding("/files/missing.js", "no", 2, 12));
	}

	@Test
	void leavesPlacesThatAreKnown() {
		Finding known = new Finding("/host", "no", 7, 8);
		assertThat(this.places.locate(known)).isSameAs(known);
		Finding unknown = new Finding("/host", "no", 0, 0);
		assertThat(ManifestPlaces.of(new byte[] { (byte) 0xFF }).locate(unknown)).isSameAs(unknown);
	}

}
