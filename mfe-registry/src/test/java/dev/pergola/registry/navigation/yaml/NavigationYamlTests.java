package dev.pergola.registry.navigation.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.request.MalformedBodyException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Whatever an overlay says comes back as it was. */
@Tag("AD-15")
class NavigationYamlTests {

	private static final List<String> TEXTS = List.of("Deals", "no", "NULL", "~", "1", "0x1F", "1e3", " spaced ",
			"a: b", "- a", "# a", "a #b", "\"quoted\"", "it's", "line\nbreak", "tab\t", "\u0000\u0001", "é日本語🙂",
			"\u2028", "\ufeff", "\u0085\u00a0", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "",
			"/deals?x=1&y=2#z", "---", "...", "<<", "=", "true", "\\n", "\\", "-", "?", ":", "a:", "x,y");

	@Test
	void whatGoesOutComesBack() {
		Random random = new Random(4711);
		for (int i = 0; i < 2000; i++) {
			Navigation navigation = navigation(random);
			String yaml = NavigationYaml.write(navigation, i, Map.of());
			assertThat(read(yaml)).as(yaml).isEqualTo(navigation);
		}
	}

	@Test
	void readsWhatAPersonWrites() {
		Navigation navigation = read("""
				# ours
				groups:
				- {id: work, title: {en: Work, de: 'Arbeit'}, order: 10}
				items:
				  - module: deals
				    id: deals
				    hidden: true
				    title:
				      en: >-
				        Our
				        deals
				""");
		assertThat(navigation.groups().getFirst().title().texts()).containsEntry("de", "Arbeit");
		assertThat(navigation.items().getFirst().title().texts()).containsEntry("en", "Our deals");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: &x 1", "a: [&x [1], *x]", "&x a: 1", "a: !!java.net.URL ['http://x']", "!t {}",
			"a: !!str b", "a: 1\na: 2", "a: [", "{a: 1}\n---\n{b: 2}", "? [a]\n: b", "\t- a", "", "a: \"\\q\"",
			"<<: {a: 1}\nb: *c" })
	void refusesWhatIsNoPlainDocument(String yaml) {
		assertThatExceptionOfType(MalformedBodyException.class)
			.isThrownBy(() -> YamlSource.read(yaml.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void refusesWhatIsNestedTooDeeplyAndSaysWhere() {
		String deep = "[".repeat(20_000);
		assertThatExceptionOfType(MalformedBodyException.class)
			.isThrownBy(() -> YamlSource.read(deep.getBytes(StandardCharsets.UTF_8)))
			.withMessageContaining("nested too deeply at line 1, column 17");
		assertThatExceptionOfType(MalformedBodyException.class)
			.isThrownBy(() -> YamlSource.read(new byte[] { (byte) 0xff, (byte) 0xfe, 'a' }))
			.withMessage("body is not UTF-8");
	}

	private static Navigation read(String yaml) {
		ObjectNode tree = (ObjectNode) YamlSource.read(yaml.getBytes(StandardCharsets.UTF_8));
		tree.remove("revision");
		return JsonBody.read(JsonMapper.shared().writeValueAsBytes(tree), Navigation.class);
	}

	private static Navigation navigation(Random random) {
		List<NavigationGroup> groups = new ArrayList<>();
		List<NavigationOverride> items = new ArrayList<>();
		List<NavigationLink> links = new ArrayList<>();
		for (int i = random.nextInt(3); i > 0; i--) {
			groups.add(new NavigationGroup(text(random), title(random), random.nextInt(), maybe(random)));
			items.add(new NavigationOverride(text(random), text(random), maybe(random),
					random.nextBoolean() ? random.nextInt() : null, random.nextBoolean(), random.nextBoolean(),
					title(random), maybe(random)));
			links.add(new NavigationLink(text(random), title(random), text(random), maybe(random), random.nextInt(),
					maybe(random), random.nextBoolean(), random.nextBoolean(),
					random.nextBoolean() ? List.of() : List.of(text(random), text(random))));
		}
		return new Navigation(groups, items, links);
	}

	private static LocalizedText title(Random random) {
		Map<String, String> texts = new LinkedHashMap<>();
		for (int i = random.nextInt(3); i > 0; i--) {
			texts.put(text(random), text(random));
		}
		return new LocalizedText(texts);
	}

	private static String maybe(Random random) {
		return random.nextBoolean() ? text(random) : null;
	}

	private static String text(Random random) {
		return TEXTS.get(random.nextInt(TEXTS.size()));
	}

}
