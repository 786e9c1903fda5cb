package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody sees an entry, or does not.
 *
 * @param item {@code module/id}, or {@code /id} for a link
 * @param visible whether it is in their menu
 * @param rule what decided: {@code unknown-module}, {@code not-rolled-out},
 * {@code unknown-item}, {@code hidden}, {@code requires}, {@code module-off},
 * {@code locked} or {@code shown}
 * @param sentence the same for people, with the version they get
 * @param missing roles and permissions they lack, empty unless that decided
 * @param version version of the module they get, and the rule that gave it; {@code null}
 * for a link and when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Why(String item, boolean visible, String rule, String sentence, List<String> missing,
		@Nullable Resolution version) {

	Why {
		missing = List.copyOf(missing);
	}

	static Why of(String key, Set<String> names, Optional<Given> given, @Nullable NavigationEntry entry) {
		Why why = (entry != null) ? present(key, names, given, entry) : absent(key, given);
		Resolution version = given.flatMap(Given::version).orElse(null);
		return (version == null) ? why
				: new Why(key, why.visible(), why.rule(),
						"%s They get version %s: %s.".formatted(why.sentence(), version.version(), version.reason()),
						why.missing(), version);
	}

	private static Why present(String key, Set<String> names, Optional<Given> given, NavigationEntry entry) {
		String name = entry.titleIn(Locale.ENGLISH);
		if (!entry.isShown()) {
			return no(key, "hidden", "An administrator hid “%s”.".formatted(name));
		}
		List<String> missing = new ArrayList<>(entry.requires());
		missing.removeAll(names);
		if (!missing.isEmpty()) {
			return new Why(key, false, "requires", "“%s” is for people who have %s; missing here: %s.".formatted(name,
					String.join(", ", entry.requires()), String.join(", ", missing)), missing, null);
		}
		if (given.isPresent() && !given.get().module().enabled()) {
			CatalogModule module = given.get().module();
			return yes(key, "module-off", "“%s” is in the menu, marked as off: module “%s” is switched off. Reason: %s"
				.formatted(name, module.module(), module.reason()));
		}
		if (entry.locked()) {
			return yes(key, "locked", "“%s” is locked: nobody may hide it.".formatted(name));
		}
		return yes(key, "shown", entry.requires().isEmpty() ? "“%s” is for everybody who is signed in.".formatted(name)
				: "“%s” is for people who have %s, and they do.".formatted(name, String.join(", ", entry.requires())));
	}

	private static Why absent(String key, Optional<Given> given) {
		if (key.startsWith("/")) {
			return no(key, "unknown-item", "There is no link “%s”.".formatted(key.substring(1)));
		}
		if (given.isEmpty()) {
			return no(key, "unknown-module", "No module of that name is live.");
		}
		String module = given.get().module().module();
		return given.get().version().isEmpty()
				? no(key, "not-rolled-out", "Module “%s” is not rolled out to them.".formatted(module))
				: no(key, "unknown-item",
						"The version of module “%s” that they get proposes no such item.".formatted(module));
	}

	private static Why no(String key, String rule, String sentence) {
		return new Why(key, false, rule, sentence, List.of(), null);
	}

	private static Why yes(String key, String rule, String sentence) {
		return new Why(key, true, rule, sentence, List.of(), null);
	}

}
