package dev.pergola.manifests.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("registry-16")
class CatalogChangeTests {

	private final Catalog before = new Catalog(41, Instant.EPOCH, List.of(module("deals", 100), module("people", 100)),
			Navigation.NONE);

	private final CatalogChange change = new CatalogChange(41, 43, Instant.EPOCH.plusSeconds(1),
			List.of(module("news", 100), module("deals", 99.75)), List.of("people"), null);

	@Test
	void putsChangedModulesInThePlaceOfTheOldOnes() {
		Catalog after = this.change.applyTo(this.before).orElseThrow();
		assertThat(after.revision()).isEqualTo(43);
		assertThat(after.modules()).containsExactly(module("deals", 99.75), module("news", 100));
		assertThat(after.navigation()).isEqualTo(this.before.navigation());
	}

	@Test
	void isNotAppliedToAnotherRevision() {
		assertThat(this.change.applyTo(new Catalog(40, Instant.EPOCH, List.of(), Navigation.NONE))).isEmpty();
		assertThat(this.change.applyTo(this.change.applyTo(this.before).orElseThrow())).isEmpty();
	}

	@Test
	void readsWhatItWrites() {
		CatalogChangeReading reading = CatalogJson.readChange(CatalogJson.write(this.change));
		assertThat(reading.change()).isEqualTo(this.change);
		assertThat(reading.refused()).isEmpty();
	}

	@Test
	void refusesABadModuleAlone() {
		String json = new String(CatalogJson.write(this.change), StandardCharsets.UTF_8).replace("99.75", "99");
		CatalogChangeReading reading = CatalogJson.readChange(json.getBytes(StandardCharsets.UTF_8));
		assertThat(reading.change().modules()).containsExactly(module("news", 100));
		assertThat(reading.refused()).extracting(RefusedModule::module).containsExactly("deals");
	}

	@Test
	void goesForwardOnly() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CatalogChange(7, 7, Instant.EPOCH, List.of(), List.of(), null));
		assertThatExceptionOfType(InvalidCatalogException.class)
			.isThrownBy(() -> CatalogJson.readChange("{\"from\":9,\"revision\":8}".getBytes(StandardCharsets.UTF_8)));
	}

	private static CatalogModule module(String name, double share) {
		return (share == 100) ? Catalogs.module(name, List.of(RolloutShare.of("1.0.0", 100))) : Catalogs.module(name,
				List.of(RolloutShare.of("2.0.0", share), RolloutShare.of("1.0.0", 100 - share)));
	}

}
