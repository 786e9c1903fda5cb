package dev.pergola.manifests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is sent, the reader answers; what it accepts, the rest of the portal can read.
 */
class HostileManifestTests {

	private static final Path EXAMPLE = Path.of("src/main/resources/META-INF/pergola/examples/partnerships.json");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final List<String> VALUES = List.of("null", "true", "-1", "1.5", "1e308", "1e999",
			"123456789012345678", "\"\"", "\"/\"", "\"{\"", "\"}{\"", "\"/{a}/{b}\"", "\"\\u0000\"", "\"\\ud800\"",
			"[]", "{}", "[null]", "[[[]]]", "{\"\":\"\"}", "{\"a/b~c\":{}}", "\"../..\"", "\"1.0.0-\"", "\"http://\"",
			"\"^\"", "\"0s\"", "\"999999m\"", "\"iframe\"", "\"fragment\"", "{\"format\":\"fragment\"}", "\"x-y\"",
			"\"%00\"");

	private final ManifestReader reader = new ManifestReader();

	private final Random random = new Random(7);

	@Test
	void answersWhateverTheValues() throws IOException {
		for (int i = 0; i < 3_000; i++) {
			JsonNode document = JSON.readTree(Files.readAllBytes(EXAMPLE));
			for (int change = 0; change <= this.random.nextInt(3); change++) {
				change(document);
			}
			assertAnswered(document.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void answersWhateverTheBytes() throws IOException {
		byte[] example = Files.readAllBytes(EXAMPLE);
		for (int i = 0; i < 3_000; i++) {
			byte[] bytes = example.clone();
			for (int change = 0; change <= this.random.nextInt(4); change++) {
				bytes[this.random.nextInt(bytes.length)] = (byte) this.random.nextInt(256);
			}
			assertAnswered(bytes);
		}
	}

	private void assertAnswered(byte[] json) {
		ManifestReading reading = this.reader.read(json);
		assertThat(reading.manifest().isPresent()).isEqualTo(reading.findings().isEmpty());
		assertThat(reading.findings()).allSatisfy((finding) -> {
			assertThat(finding.message()).doesNotContain("dev.pergola", "tools.jackson", "Exception", "\n");
			assertThat(finding.line()).isPositive();
		});
		reading.manifest().ifPresent((manifest) -> {
			assertThat(this.reader.read(ManifestJson.write(manifest)).manifest()).contains(manifest);
			manifest.pages().forEach(Page::pattern);
			manifest.views().forEach((view) -> view.parts().values().forEach(ViewPart::references));
			VersionRange.parse(manifest.host());
		});
	}

	private void change(JsonNode document) {
		List<JsonNode> containers = new ArrayList<>();
		collect(document, containers);
		JsonNode value = JSON.readTree(VALUES.get(this.random.nextInt(VALUES.size())));
		switch (containers.get(this.random.nextInt(containers.size()))) {
			case ObjectNode object when !object.isEmpty() -> {
				List<String> names = List.copyOf(object.propertyNames());
				String name = names.get(this.random.nextInt(names.size()));
				if (this.random.nextInt(5) == 0) {
					object.remove(name);
				}
				else {
					object.set(name, value);
				}
			}
			case ArrayNode array -> array.add(array.isEmpty() ? value : array.get(0).deepCopy());
			default -> {
			}
		}
	}

	private static void collect(JsonNode node, List<JsonNode> containers) {
		if (node.isContainer()) {
			containers.add(node);
			node.forEach((child) -> collect(child, containers));
		}
	}

}
