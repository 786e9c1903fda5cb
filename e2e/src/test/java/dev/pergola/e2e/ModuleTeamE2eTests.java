package dev.pergola.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A module team with nothing but a team token and {@code docs/module-teams.md}: publish,
 * 5 %, why, roll back, restore; what people see is in their open tab.
 */
@OnSharedPlatform
class ModuleTeamE2eTests {

	private static final String OLD = "change main.js and publish again";

	private static final String NEW = "this is the second version";

	@Test
	@Tag("registry-10")
	@Tag("registry-11")
	@Tag("registry-14")
	void publishesRollsOutAsksWhyRollsBackAndRestores(Portal portal, Browser browser, @TempDir Path directory)
			throws IOException {
		String module = "walk" + System.nanoTime() % 100_000;
		Path folder = directory.resolve(module);
		try (Visit developer = Visit.of("developer", portal, browser);
				Visit business = Visit.of("business", portal, browser)) {
			CommandLine pergola = CommandLine.of(developer, portal, "partnerships");
			try {
				walk(pergola, business, module, folder);
			}
			finally {
				JsonArray history = history(pergola, module);
				pergola.run("restore", revision(history, history.size() - 1), "--module", module, "--reason",
						"as before anybody had it");
			}
			assertThat(business.navigationLink(title(module))).hasCount(0);
		}
	}

	@Test
	@Tag("registry-5")
	@Tag("registry-7")
	void isToldWhatIsWrongAndWhere(Portal portal, Browser browser, @TempDir Path directory) throws IOException {
		Path manifest = Files.createDirectories(directory.resolve("module")).resolve("manifest.json");
		Files.writeString(directory.resolve("module/main.js"), "export {};");
		Files.writeString(manifest, """
				{
				  "schema": 1, "module": "wrong", "version": "1.0", "team": { "name": "partnerships" },
				  "entry": { "format": "esm", "file": "main.js" },
				  "pages": [ { "id": "home", "path": "people", "titel": { "en": "Wrong" }, "element": "wrong-page" } ]
				}
				""");
		try (Visit developer = Visit.of("developer", portal, browser)) {
			CommandLine pergola = CommandLine.of(developer, portal, "partnerships");
			String folder = directory.toString();
			assertThat(pergola.run(1, "validate", folder)).contains(manifest + ":2:46: version",
					manifest + ":4:38: pages", manifest + ":4:48: pages[0]: unknown field \"titel\"", "3 findings");
			change(manifest, "\"1.0\"", "\"1.0.0\"");
			change(manifest, "\"people\"", "\"/people\"");
			change(manifest, "titel", "title");
			assertThat(pergola.run("validate", folder)).contains("is valid");
			assertThat(pergola.run(1, "publish", folder)).contains(manifest + ":4:38: pages[0].path",
					"of module people");
			assertThat(pergola.run(3, "rollout", "deals", "1.0.0")).contains("belongs to team deals");
			assertThat(pergola.run(4, "rollout", "nothing", "1.0.0")).contains("no module nothing");
			assertThat(pergola.run(1, "rollout", "partnerships", "9.9.9")).contains("no version 9.9.9");
			assertThat(pergola.run(3, "status", "--token", "pgt_wrong")).contains("does not know this token");
			assertThat(pergola.run(3, "teams")).contains("a team token changes the modules of its team only");
			assertThat(pergola.run(2, "rollot", "partnerships")).contains("Did you mean");
		}
	}

	private static void walk(CommandLine pergola, Visit business, String module, Path folder) throws IOException {
		pergola.run("new", module, "--team", "partnerships", "--directory", folder.getParent().toString());
		assertThat(pergola.run("publish", folder.toString(), "--channel", "stable")).contains("0.1.0 100 %");
		assertThat(business.navigationLink(title(module))).isVisible();
		business.open("/" + module);
		assertThat(business.main()).containsText(OLD);
		business.page().evaluate("window.sameTab = true");

		change(folder.resolve("module/main.js"), OLD, NEW);
		assertThat(pergola.run(5, "publish", folder.toString())).contains("already has version 0.1.0", "--bump");
		assertThat(pergola.run("publish", folder.toString(), "--bump", "minor")).contains("nobody gets it yet");
		assertThat(pergola.run("rollout", module, "0.2.0", "--share", "5")).contains("0.2.0 5 %, 0.1.0 95 %");
		assertThat(share(pergola, module)).isBetween(20, 90);
		assertThat(business.main()).containsText(why(pergola, module, "business").equals("0.2.0") ? NEW : OLD);

		pergola.run("override", module, "--person", "business", "--version", "0.2.0");
		assertThat(business.main()).containsText(NEW);
		assertThat(pergola.run("why", module, "--subject", "business")).contains("person business is given 0.2.0");
		pergola.run("override", module, "--person", "business", "--remove");
		pergola.run("rollout", module, "0.2.0");
		assertThat(business.main()).containsText(NEW);

		assertThat(pergola.run("rollback", module)).contains("stable: 0.1.0 100 %");
		assertThat(business.main()).containsText(OLD);
		JsonArray history = history(pergola, module);
		assertThat(pergola.run("diff", revision(history, 1), revision(history, 0)))
			.contains("0.2.0 100 % -> 0.1.0 100 %");
		assertThat(pergola.run(3, "restore", revision(history, 1), "--reason", "all of it"))
			.contains("needs an administrator");
		pergola.run("restore", revision(history, 1), "--module", module, "--reason", "It was not the module");
		assertThat(business.main()).containsText(NEW);
		assertThat(pergola.run("status", module)).contains("0.2.0 100 %");
		assertThat(pergola.run("history", "--module", module)).contains("It was not the module");
		assertThat(business.page().evaluate("window.sameTab")).isEqualTo(true);
		assertThat(business.complaints()).isEmpty();
	}

	private static JsonArray history(CommandLine pergola, String module) {
		return JsonParser.parseString(pergola.run("history", "--module", module, "--json"))
			.getAsJsonObject()
			.getAsJsonArray("revisions");
	}

	/** How many of a thousand people get the newer version. */
	private static int share(CommandLine pergola, String module) {
		List<String> question = new ArrayList<>(List.of("why", module, "--json"));
		IntStream.range(0, 1000).forEach((i) -> question.addAll(List.of("--subject", "person-" + i)));
		JsonArray answers = JsonParser.parseString(pergola.run(question.toArray(String[]::new))).getAsJsonArray();
		return (int) StreamSupport.stream(answers.spliterator(), false)
			.map(JsonElement::getAsJsonObject)
			.filter((answer) -> answer.get("version").getAsString().equals("0.2.0"))
			.count();
	}

	private static String why(CommandLine pergola, String module, String person) {
		return Arrays.stream(pergola.run("why", module, "--subject", person).split("\\s+"))
			.filter((word) -> word.matches("0\\.\\d\\.0"))
			.findFirst()
			.orElseThrow();
	}

	private static String revision(JsonArray history, int place) {
		return history.get(place).getAsJsonObject().get("revision").getAsString();
	}

	private static String title(String module) {
		return Character.toUpperCase(module.charAt(0)) + module.substring(1);
	}

	private static void change(Path file, String from, String to) throws IOException {
		String text = Files.readString(file);
		assertThat(text).contains(from);
		Files.writeString(file, text.replace(from, to));
	}

}
