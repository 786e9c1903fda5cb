package dev.pergola.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ManifestReaderTests {

	private static final Path EXAMPLES = Path.of("src/main/resources/META-INF/pergola/examples");

	private static final Path INVALID = Path.of("src/test/resources/invalid");

	private final ManifestReader reader = new ManifestReader();

	@ParameterizedTest
	@MethodSource("examples")
	void readsEachExample(Path example) throws IOException {
		ManifestReading reading = this.reader.read(Files.readAllBytes(example));
		assertThat(reading.findings()).isEmpty();
		assertThat(reading.manifest()).isPresent();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void writesWhatItRead(Path example) throws IOException {
		Manifest manifest = this.reader.read(Files.readAllBytes(example)).manifest().orElseThrow();
		assertThat(this.reader.read(ManifestJson.write(manifest)).manifest()).contains(manifest);
	}

	/** Beside each invalid manifest stands what is said about it. */
	@ParameterizedTest
	@MethodSource("invalid")
	void saysAllThatIsWrongAndWhere(Path invalid) throws IOException {
		ManifestReading reading = this.reader.read(Files.readAllBytes(invalid));
		assertThat(reading.manifest()).isEmpty();
		List<String> lines = reading.findings().stream().map(ManifestReaderTests::line).toList();
		Path expected = Path.of(invalid.toString().replace(".json", ".txt"));
		assertThat(lines).isEqualTo(Files.readAllLines(expected));
	}

	@Test
	void keepsTheOrderOfTheDocument() throws IOException {
		Manifest manifest = this.reader.read(Files.readAllBytes(EXAMPLES.resolve("partnerships.json")))
			.manifest()
			.orElseThrow();
		assertThat(manifest.views().getFirst().parts()).containsOnlyKeys("partnership", "owner", "deals");
		assertThat(manifest.views().getFirst().parts().keySet()).containsExactly("partnership", "owner", "deals");
		assertThat(manifest.files().keySet()).startsWith("partnerships.js", "partnerships.css");
	}

	@Test
	void comparesWithTheBundleWhenItIsKnown() throws IOException {
		byte[] json = Files.readAllBytes(EXAMPLES.resolve("partnerships.json"));
		assertThat(this.reader.read(json, Set.of("partnerships.js", "openapi.json", "chunks/board.js")).findings())
			.extracting(Finding::pointer, Finding::line)
			.containsExactly(tuple("/entry/styles/0", 7), tuple("/files/partnerships.css", 10),
					tuple("/files/events~1partnership-updated.v1.json", 13), tuple("/events/publishes/0/schema", 35));
	}

	@Test
	void endsAListOfFindingsThatIsTooLong() {
		String pages = "{}, ".repeat(150);
		ManifestReading reading = this.reader
			.read(("{ \"schema\": 1, \"pages\": [" + pages + "{} ] }").getBytes(StandardCharsets.UTF_8));
		assertThat(reading.findings()).hasSize(101);
		assertThat(reading.findings().getLast().message()).matches("the manifest: \\d+ more findings");
	}

	@Test
	void refusesTextThatIsTooLarge() {
		byte[] large = " ".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
		assertThat(this.reader.read(large).findings()).extracting(Finding::message)
			.containsExactly("the manifest: must not be larger than 1 MiB");
	}

	@Test
	void namesOfPatternsAreMatchedInLinearTime() {
		String name = "a" + "/a".repeat(1000) + "!";
		String json = "{ \"entry\": { \"format\": \"esm\", \"file\": \"" + name + "\" }, \"shared\": { \"" + name
				+ "\": \"" + "1 ".repeat(500) + "!\" } }";
		assertThat(this.reader.read(json.getBytes(StandardCharsets.UTF_8)).manifest()).isEmpty();
	}

	static Stream<Path> examples() {
		return jsonFiles(EXAMPLES);
	}

	static Stream<Path> invalid() {
		return jsonFiles(INVALID);
	}

	private static Stream<Path> jsonFiles(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String line(Finding finding) {
		return "%d:%d %s | %s".formatted(finding.line(), finding.column(), finding.pointer(), finding.message());
	}

}
