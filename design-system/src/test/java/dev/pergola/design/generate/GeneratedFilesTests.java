package dev.pergola.design.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the committed generated files against what the tokens say. With
 * {@code -Dpergola.design.write=true} it writes them first.
 */
class GeneratedFilesTests {

	private static final Path ASSETS = Path.of("src/main/resources/META-INF/resources/assets");

	private static final Path GALLERY = Path.of("src/main/resources/META-INF/pergola/gallery");

	private final DesignTokens tokens = DesignTokens.read();

	@Test
	void tokensCssIsWhatTheTokensSay() throws IOException {
		assertGenerated(ASSETS.resolve("design/tokens.css"), new TokenCss(this.tokens).write());
	}

	@Test
	void pergolaCssIsItsPartsInOrder() throws IOException {
		assertGenerated(ASSETS.resolve("design/pergola.css"), Stylesheet.join());
	}

	@Test
	void iconsAreThoseOfTheList() throws IOException {
		String version = System.getProperty("tabler.version");
		assertGenerated(ASSETS.resolve("design/icons.svg"), new IconSprite(version).write());
		assertThat(IconSprite.names()).hasSizeLessThanOrEqualTo(150).doesNotHaveDuplicates();
	}

	@Test
	void litIsBundledFromItsArtifacts(@TempDir Path work) throws IOException {
		String bundle = LitBundle.write(work);
		assertThat(bundle).contains("Copyright 2017 Google LLC", "BSD-3-Clause");
		assertGenerated(ASSETS.resolve("lib/lit.js"), bundle);
		for (String name : LitBundle.specifiers()) {
			if (!name.equals("lit")) {
				// One copy of lit, whatever name it is imported by.
				String up = "../".repeat((int) name.chars().filter((c) -> c == '/').count());
				assertGenerated(ASSETS.resolve("lib").resolve(name), "export * from \"%slit.js\";\n".formatted(up));
			}
		}
	}

	@Test
	void galleryIsMadeOfItsSources() throws IOException {
		List<String> icons = IconSprite.names().stream().map((name) -> name.replaceAll("=.*", "")).sorted().toList();
		GalleryPage pages = new GalleryPage(ASSETS.resolve("design"), icons);
		try (Stream<Path> sources = Files.list(Path.of("src/main/gallery"))) {
			for (Path source : sources.toList()) {
				assertGenerated(GALLERY.resolve(source.getFileName()), pages.write(Files.readString(source)));
			}
		}
		assertGenerated(GALLERY.resolve("tokens.html"), new TokensPage(this.tokens).write());
	}

	private static void assertGenerated(Path file, String content) throws IOException {
		if (Boolean.getBoolean("pergola.design.write")) {
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
		}
		assertThat(file).as("generated file; write it again with -Dpergola.design.write=true").hasContent(content);
	}

}
