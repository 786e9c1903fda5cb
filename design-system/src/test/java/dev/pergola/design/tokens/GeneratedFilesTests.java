package dev.pergola.design.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the committed generated files against what the tokens say. With
 * {@code -Dpergola.design.write=true} it writes them first.
 */
class GeneratedFilesTests {

	private final DesignTokens tokens = DesignTokens.read();

	@Test
	void tokensCssIsWhatTheTokensSay() throws IOException {
		assertGenerated(DesignTokens.FOLDER.resolveSibling("tokens.css"), new TokenCss(this.tokens).write());
	}

	@Test
	void pergolaCssIsItsPartsInOrder() throws IOException {
		assertGenerated(DesignTokens.FOLDER.resolveSibling("pergola.css"), Stylesheet.join());
	}

	@Test
	void iconsAreThoseOfTheList() throws IOException {
		String version = System.getProperty("tabler.version");
		assertGenerated(DesignTokens.FOLDER.resolveSibling("icons.svg"), new IconSprite(version).write());
		assertThat(IconSprite.names()).hasSizeLessThanOrEqualTo(150).doesNotHaveDuplicates();
	}

	private static void assertGenerated(Path file, String content) throws IOException {
		if (Boolean.getBoolean("pergola.design.write")) {
			Files.writeString(file, content);
		}
		assertThat(file).as("generated file; write it again with -Dpergola.design.write=true").hasContent(content);
	}

}
