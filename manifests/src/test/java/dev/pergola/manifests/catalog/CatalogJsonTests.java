package dev.pergola.manifests.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.LocalizedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CatalogJsonTests {

	private final Catalog catalog = new Catalog(42, Instant.parse("2026-11-22T18:00:00Z"), List.of(
			Catalogs.module("partnerships", List.of(RolloutShare.of("1.0.0", 99.75), RolloutShare.of("1.1.0", 0.25)),
					RolloutOverride.toVersion(RuleKind.GROUP, "beta", "1.1.0")),
			Catalogs.module("deals", List.of(RolloutShare.of("1.0.0", 100)))),
			new Navigation(List.of(new NavigationGroup("ecosystem", LocalizedText.of("Ecosystem"), 10)),
					List.of(new NavigationOverride("partnerships", "partnerships", "ecosystem", 20, false,
							LocalizedText.NONE))));

	@Test
	void readsWhatItWrote() {
		CatalogReading reading = CatalogJson.read(CatalogJson.write(this.catalog));
		assertThat(reading.catalog()).isEqualTo(this.catalog);
		assertThat(reading.refused()).isEmpty();
	}

	@Test
	void writesTheShapeOfTheContract() {
		String json = new String(CatalogJson.write(this.catalog), StandardCharsets.UTF_8);
		assertThat(json).startsWith("{\"revision\":42,\"at\":\"2026-11-22T18:00:00Z\",\"modules\":[{\"module\":")
			.contains("\"upstreamUrl\":\"http://localhost:1\"")
			.contains("{\"version\":\"1.0.0\",\"share\":99.75}")
			.contains("\"rollout\":[{\"version\":\"1.0.0\",\"share\":100}]")
			.contains("\"overrides\":[{\"group\":\"beta\",\"version\":\"1.1.0\"}]")
			.contains("\"groups\":[{\"id\":\"ecosystem\",\"title\":{\"en\":\"Ecosystem\"},\"order\":10}]")
			.contains(
					"{\"module\":\"partnerships\",\"id\":\"partnerships\",\"group\":\"ecosystem\",\"order\":20,\"hidden\":false}");
	}

	/** What registries wrote before there were other rules than groups. */
	@Test
	void readsTheOverridesOfOldRegistries() {
		String json = new String(CatalogJson.write(this.catalog), StandardCharsets.UTF_8).replace("\"channels\":{},",
				"");
		assertThat(json).doesNotContain("channels");
		CatalogModule module = CatalogJson.read(json.getBytes(StandardCharsets.UTF_8))
			.catalog()
			.findModule("partnerships")
			.orElseThrow();
		assertThat(module.overrides()).containsExactly(RolloutOverride.toVersion(RuleKind.GROUP, "beta", "1.1.0"));
		assertThat(module.channels()).isEmpty();
	}

	@Test
	void keepsRulesAndChannels() {
		CatalogModule module = Catalogs.module("m", List.of(RolloutShare.of("1.0.0", 100)),
				Map.of("canary", List.of(RolloutShare.of("2.0.0", 100))),
				RolloutOverride.toVersion(RuleKind.PERSON, "ada", "1.0.0"),
				RolloutOverride.toVersion(RuleKind.TENANT, "acme", "2.0.0"),
				RolloutOverride.toChannel(RuleKind.ROLE, "admin", "canary"));
		byte[] json = CatalogJson.write(new Catalog(1, Instant.EPOCH, List.of(module), Navigation.NONE));
		assertThat(new String(json, StandardCharsets.UTF_8)).contains("{\"person\":\"ada\",\"version\":\"1.0.0\"}",
				"{\"tenant\":\"acme\",\"version\":\"2.0.0\"}", "{\"role\":\"admin\",\"channel\":\"canary\"}",
				"\"channels\":{\"canary\":[{\"version\":\"2.0.0\",\"share\":100}]}");
		assertThat(CatalogJson.read(json).catalog().modules()).containsExactly(module);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"version\":\"1.0.0\"}", "{\"group\":\"a\",\"role\":\"b\",\"version\":\"1.0.0\"}",
			"{\"group\":\"a\"}", "{\"group\":\"a\",\"version\":\"1.0.0\",\"channel\":\"canary\"}",
			"{\"group\":\" \",\"version\":\"1.0.0\"}", "{\"group\":\"a\",\"version\":\"9.0.0\"}" })
	void refusesAModuleWhoseOverrideSaysTooMuchOrTooLittle(String override) {
		String json = new String(CatalogJson.write(this.catalog), StandardCharsets.UTF_8)
			.replace("{\"group\":\"beta\",\"version\":\"1.1.0\"}", override);
		CatalogReading reading = CatalogJson.read(json.getBytes(StandardCharsets.UTF_8));
		assertThat(reading.catalog().modules()).extracting(CatalogModule::module).containsExactly("deals");
		assertThat(reading.refused()).extracting(RefusedModule::module).containsExactly("partnerships");
	}

	@Test
	void refusesABadModuleAlone() {
		String json = new String(CatalogJson.write(this.catalog), StandardCharsets.UTF_8).replace("\"share\":99.75",
				"\"share\":99");
		CatalogReading reading = CatalogJson.read(json.getBytes(StandardCharsets.UTF_8));
		assertThat(reading.catalog().modules()).extracting(CatalogModule::module).containsExactly("deals");
		assertThat(reading.catalog().navigation()).isEqualTo(this.catalog.navigation());
		assertThat(reading.refused()).singleElement().satisfies((refused) -> {
			assertThat(refused.module()).isEqualTo("partnerships");
			assertThat(refused.reason()).contains("99.25");
		});
	}

	@Test
	void anOlderReaderPassesOverNewFields() {
		String json = "{\"revision\":1,\"news\":{},\"modules\":[],\"navigation\":{\"groups\":[],\"items\":[],\"x\":1}}";
		assertThat(CatalogJson.read(json.getBytes(StandardCharsets.UTF_8)).catalog().revision()).isEqualTo(1);
	}

	@Test
	void aFileCutAnywhereIsNotACatalog() {
		byte[] json = CatalogJson.write(this.catalog);
		for (int length = 0; length < json.length; length += 7) {
			byte[] cut = Arrays.copyOf(json, length);
			assertThatExceptionOfType(InvalidCatalogException.class).isThrownBy(() -> CatalogJson.read(cut));
		}
	}

}
