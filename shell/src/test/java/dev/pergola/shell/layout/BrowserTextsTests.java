package dev.pergola.shell.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserTextsTests {

	private static final Path SCRIPTS = Path.of("src/main/resources/META-INF/resources/assets/shell");

	private static final Pattern WORD = Pattern.compile("^  (\\w+):\\s+\"([^\"]*)\"", Pattern.MULTILINE);

	private static final Pattern VALUE = Pattern.compile("\\{\\w+}");

	@Test
	void whateverScriptsSayIsSaidInGermanToo() throws IOException {
		Map<String, String> english = new TreeMap<>(words("words.js", ""));
		english.putAll(words("assistant/words.js", "assistant."));
		Map<String, String> german = Texts.in(Locale.GERMAN).browser();
		assertThat(german.keySet()).isEqualTo(english.keySet());
		assertThat(english)
			.allSatisfy((name, text) -> assertThat(values(german.get(name))).as(name).isEqualTo(values(text)));
	}

	@Test
	void scriptsHaveTheirEnglishThemselves() {
		assertThat(Texts.in(Locale.ENGLISH).browser()).isEmpty();
	}

	private static Map<String, String> words(String file, String prefix) throws IOException {
		return WORD.matcher(Files.readString(SCRIPTS.resolve(file)))
			.results()
			.collect(Collectors.toMap((word) -> prefix + word.group(1), (word) -> word.group(2)));
	}

	private static Object values(String text) {
		return VALUE.matcher(text).results().map(MatchResult::group).sorted().toList();
	}

}
