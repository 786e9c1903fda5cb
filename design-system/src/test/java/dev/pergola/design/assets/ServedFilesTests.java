package dev.pergola.design.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServedFilesTests {

	private static final Path ASSETS = Path.of("src/main/resources/META-INF/resources/assets");

	private static final Path DESIGN = ASSETS.resolve("design");

	private static final Pattern LITERAL_COLOR = Pattern
		.compile("#[0-9a-fA-F]{3,8}\\b(?![-\\w])|\\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\\([^)]*\\)|"
				+ ":\\s*(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|purple)\\b");

	private static final Pattern PHYSICAL = Pattern
		.compile("(?m)^\\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|"
				+ "(?:min-|max-)?(?:width|height)|text-align:\\s*(?:left|right)|float)\\s*:");

	@Test
	void styleSheetsStayUnderTheirBudget() {
		assertThat(zipped(Stream.of(DESIGN.resolve("tokens.css"), DESIGN.resolve("pergola.css")).toList()))
			.isLessThan(25 * 1024);
	}

	@Test
	void scriptsStayUnderTheirBudget() throws IOException {
		List<Path> scripts = files(ASSETS, ".js");
		assertThat(scripts).hasSizeGreaterThan(30);
		assertThat(zipped(scripts)).isLessThan(100 * 1024);
	}

	@Test
	void onlyTheTokensStateColors() throws IOException {
		List<Path> styled = Stream
			.concat(files(Path.of("src/main/css"), ".css").stream(), files(DESIGN, ".js").stream())
			.toList();
		assertThat(styled).allSatisfy((file) -> assertThat(Files.readString(file)
			.lines()
			.filter((line) -> LITERAL_COLOR.matcher(line).find())
			.filter((line) -> !line.contains("color-mix("))).as(file.toString()).isEmpty());
		assertThat(LITERAL_COLOR.matcher("color: #fff;").find()).isTrue();
	}

	@Test
	void propertiesAreLogical() throws IOException {
		assertThat(Stream.concat(files(Path.of("src/main/css"), ".css").stream(), files(DESIGN, ".js").stream()))
			.allSatisfy((file) -> assertThat(PHYSICAL.matcher(Files.readString(file)).results()).as(file.toString())
				.isEmpty());
	}

	@Test
	void everyUsedTokenExists() throws IOException {
		String tokens = Files.readString(DESIGN.resolve("tokens.css"));
		Pattern used = Pattern.compile("var\\((--pergola-[a-z0-9-]+)\\)");
		assertThat(Stream.concat(files(Path.of("src/main/css"), ".css").stream(), files(DESIGN, ".js").stream()))
			.allSatisfy((file) -> assertThat(used.matcher(Files.readString(file)).results().map((hit) -> hit.group(1)))
				.as(file.toString())
				.allMatch((name) -> tokens.contains(name + ":")));
	}

	@Test
	void nothingComesFromElsewhere() throws IOException {
		Pattern loaded = Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"']https?:|url\\(\\s*[\"']?https?:|@import");
		assertThat(Stream.concat(files(ASSETS, ".css").stream(), files(ASSETS, ".js").stream())).allSatisfy(
				(file) -> assertThat(loaded.matcher(Files.readString(file)).find()).as(file.toString()).isFalse());
	}

	private static List<Path> files(Path folder, String ending) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList();
		}
	}

	private static int zipped(List<Path> files) {
		return files.stream().mapToInt(ServedFilesTests::zipped).sum();
	}

	private static int zipped(Path file) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.size();
	}

}
