package dev.pergola.shell.layout;

import java.util.List;

import dev.pergola.shell.person.Appearance;
import dev.pergola.shell.person.Person;
import org.jspecify.annotations.Nullable;

/**
 * What the template of the layout reads.
 *
 * @param documentTitle "Page - Module - Pergola"
 * @param heading the {@code h1}, {@code null} when the content has its own
 * @param importMap JSON that may stand in a {@code <script>}, {@code null} for nobody
 * @param state JSON that may stand in a {@code <script>}
 * @param notice something everybody has to know now, {@code null} for nothing
 */
record Layout(String product, String documentTitle, @Nullable String heading, String lang, String dir,
		Appearance appearance, String nonce, @Nullable String importMap, String state, List<Link> styles,
		List<Link> preloads, List<String> scripts, String icons, List<Group> navigation, List<Crumb> trail,
		@Nullable Person person, List<Agent> agents, String build, String path, @Nullable String notice) {

	/**
	 * A file the page names in its head.
	 *
	 * @param integrity {@code null} when it is not known
	 */
	record Link(String href, @Nullable String integrity) {
	}

	/**
	 * A heading of the navigation.
	 *
	 * @param title may be empty
	 */
	record Group(String title, List<Item> items) {
	}

	/**
	 * A link of the navigation.
	 *
	 * @param current {@code page} for the page itself, {@code true} for one below it,
	 * {@code null} otherwise
	 * @param note why it leads nowhere now, {@code null} when it does
	 */
	record Item(String title, String href, @Nullable String icon, @Nullable String current, @Nullable String note) {
	}

	/**
	 * An agent the person may ask.
	 */
	record Agent(String module, String id, String title) {
	}

}
