package dev.pergola.manifests.openapi;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Descriptions as attackers write them.
 */
@Tag("security-48")
class DescriptionReaderTests {

	private static final String START = "{ \"openapi\": \"3.1.0\", ";

	@Test
	void followsNoReferenceOutOfTheFile() {
		refuses(START + "\"paths\": { \"/a\": { \"$ref\": \"http://169.254.169.254/latest\" } } }", "another document");
		refuses(START + "\"paths\": { \"/a\": { \"$ref\": \"file:///etc/passwd\" } } }", "another document");
		refuses(START + "\"paths\": { \"/a\": { \"$ref\": \"other.json#/a\" } } }", "another document");
	}

	@Test
	void expandsNoAliases() {
		refuses("""
				openapi: 3.1.0
				a: &a [ lol, lol, lol ]
				b: &b [ *a, *a, *a, *a ]
				""", "alias in line 3");
	}

	@Test
	void goesOnlySoDeep() {
		refuses(START + "\"a\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}", "cannot be read");
		refuses("openapi: 3.1.0\na: " + "[".repeat(10_000), "cannot be read");
		refuses("openapi: 3.1.0\na: " + "{ a: ".repeat(10_000), "cannot be read");
	}

	@Test
	void readsOnlySoMuch() {
		refuses(START + "\"a\": [" + "1,".repeat(500_000) + "1] }", "cannot be read");
		refuses("openapi: 3.1.0\na: \"" + "x".repeat(200_000) + "\"", "cannot be read");
	}

	@Test
	void refusesWhatIsNoDescription() {
		refuses("", "no OpenAPI");
		refuses("{ \"swagger\": \"2.0\" }", "no OpenAPI");
		refuses(START + "\"a\": 1, \"a\": 2 }", "cannot be read");
		refuses("openapi: 3.1.0\na: 1\na: 2\n", "cannot be read");
		refuses("openapi: 3.1.0\na: !!javax.script.ScriptEngineManager [ 1 ]\n--- x", "");
		assertThatExceptionOfType(UnreadableDescriptionException.class)
			.isThrownBy(() -> new DescriptionReader().read(new byte[] { '{', (byte) 0xFF }))
			.withMessage("must be UTF-8");
	}

	private static void refuses(String text, String message) {
		assertThatExceptionOfType(UnreadableDescriptionException.class)
			.isThrownBy(() -> new DescriptionReader().read(text.getBytes(StandardCharsets.UTF_8)))
			.withMessageContaining(message);
	}

}
