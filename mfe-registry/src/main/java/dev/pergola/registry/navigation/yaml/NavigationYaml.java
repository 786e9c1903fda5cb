package dev.pergola.registry.navigation.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an overlay as YAML. The same overlay always gives the same text, groups and
 * items in the order of the overlay, so that a repository shows what changed.
 */
public final class NavigationYaml {

	private static final Pattern PLAIN = Pattern.compile("[\\p{L}/][\\p{L}\\p{N} _./&()-]*");

	private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final StringBuilder text = new StringBuilder();

	private NavigationYaml() {
	}

	/**
	 * Writes an overlay.
	 * @param revision revision of the overlay, which an import names as its base
	 * @param proposed what manifests propose, by {@code module/id}; told in comments
	 * @return YAML that ends with a line feed
	 */
	public static String write(Navigation navigation, long revision, Map<String, NavigationEntry> proposed) {
		NavigationYaml yaml = new NavigationYaml();
		yaml.text.append("# Navigation of the portal: what administrators changed of what modules propose.\n");
		yaml.text.append("# revision is what this text is based on; without it an import replaces everything.\n");
		yaml.line(0, "revision", Long.toString(revision));
		yaml.list("groups", navigation.groups().isEmpty());
		navigation.groups().forEach(yaml::group);
		yaml.list("items", navigation.items().isEmpty());
		navigation.items().forEach((item) -> yaml.item(item, proposed.get(item.module() + "/" + item.id())));
		yaml.list("links", navigation.links().isEmpty());
		navigation.links().forEach(yaml::link);
		return yaml.text.toString();
	}

	private void list(String name, boolean empty) {
		this.text.append(name).append(empty ? ": []\n" : ":\n");
	}

	private void group(NavigationGroup group) {
		first("id", group.id());
		title(group.title());
		line(4, "order", Integer.toString(group.order()));
		text("parent", group.parent());
	}

	private void item(NavigationOverride item, @Nullable NavigationEntry proposed) {
		this.text.append("  # ")
			.append((proposed != null) ? proposal(proposed) : "proposed by no live module")
			.append('\n');
		first("module", item.module());
		text("id", item.id());
		text("group", item.group());
		if (item.order() != null) {
			line(4, "order", item.order().toString());
		}
		flags(item.hidden(), item.locked());
		title(item.title());
		text("icon", item.icon());
	}

	private void link(NavigationLink link) {
		first("id", link.id());
		title(link.title());
		text("href", link.href());
		text("group", link.group());
		line(4, "order", Integer.toString(link.order()));
		text("icon", link.icon());
		flags(link.hidden(), link.locked());
		if (!link.requires().isEmpty()) {
			line(4, "requires", names(link.requires()));
		}
	}

	private static String proposal(NavigationEntry entry) {
		String titles = entry.title()
			.texts()
			.entrySet()
			.stream()
			.map((title) -> title.getKey() + " " + title.getValue())
			.collect(Collectors.joining(", "));
		String proposal = "proposed: group %s, order %d, icon %s, title %s".formatted(
				entry.group().isEmpty() ? "none" : entry.group(), entry.order(),
				(entry.icon() != null) ? entry.icon() : "none", titles.isEmpty() ? "none" : titles);
		return proposal.replaceAll("\\p{Cntrl}|\\R", " ");
	}

	private void flags(boolean hidden, boolean locked) {
		if (hidden) {
			line(4, "hidden", "true");
		}
		if (locked) {
			line(4, "locked", "true");
		}
	}

	private void title(LocalizedText title) {
		if (!title.isEmpty()) {
			this.text.append("    title:\n");
			title.texts().forEach((language, value) -> line(6, scalar(language), scalar(value)));
		}
	}

	private void first(String name, String value) {
		this.text.append("  - ").append(name).append(": ").append(scalar(value)).append('\n');
	}

	private void text(String name, @Nullable String value) {
		if (value != null) {
			line(4, name, scalar(value));
		}
	}

	private void line(int indent, String name, String value) {
		this.text.append(" ".repeat(indent)).append(name).append(": ").append(value).append('\n');
	}

	private static String names(List<String> names) {
		return names.stream().map((name) -> JSON.writeValueAsString(name)).collect(Collectors.joining(", ", "[", "]"));
	}

	/**
	 * Text as it is where that is safe, else in JSON's quotes, which YAML reads as well.
	 */
	private static String scalar(String value) {
		boolean plain = PLAIN.matcher(value).matches() && value.equals(value.strip())
				&& !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT));
		return plain ? value : quoted(value);
	}

	/** JSON leaves alone what YAML calls unprintable. */
	private static String quoted(String value) {
		StringBuilder quoted = new StringBuilder();
		for (char each : JSON.writeValueAsString(value).toCharArray()) {
			boolean printable = each >= ' ' && each < 0x7f
					|| each >= 0xa0 && each < 0xd800 && each != 0x2028 && each != 0x2029 || Character.isSurrogate(each)
					|| each >= 0xe000 && each < 0xfffe && each != 0xfeff;
			quoted.append(printable ? String.valueOf(each) : "\\u%04x".formatted((int) each));
		}
		return quoted.toString();
	}

}
