package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.NavigationEntry;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody sees an entry, or does not.
 *
 * @param item {@code module/id}, or {@code /id} for a link
 * @param visible whether it is in their menu
 * @param rule what decided: {@code unknown-module}, {@code not-rolled-out},
 * {@code unknown-item}, {@code hidden}, {@code requires}, {@code module-off},
 * {@code locked} or {@code shown}
 * @param sentence the same for people
 * @param missing roles and permissions they lack, empty unless that decided
 */
record Why(String item, boolean visible, String rule, String sentence, List<String> missing) {

	Why {
		missing = List.copyOf(missing);
	}

	static Why of(String key, Set<String> roles, Optional<CatalogModule> module, @Nullable NavigationEntry entry) {
		if (entry == null) {
			return absent(key, module);
		}
		String name = entry.titleIn(Locale.ENGLISH);
		if (!entry.isShown()) {
			return no(key, "hidden", "An administrator hid “%s”.".formatted(name));
		}
		List<String> missing = new ArrayList<>(entry.requires());
		missing.removeAll(roles);
		if (!missing.isEmpty()) {
			return new Why(key, false, "requires", "“%s” is for people who have %s; missing here: %s.".formatted(name,
					String.join(", ", entry.requires()), String.join(", ", missing)), missing);
		}
		if (module.isPresent() && !module.get().enabled()) {
			return yes(key, "module-off", "“%s” is in the menu, marked as off: module “%s” is switched off. Reason: %s"
				.formatted(name, module.get().module(), module.get().reason()));
		}
		if (entry.locked()) {
			return yes(key, "locked", "“%s” is locked: nobody may hide it.".formatted(name));
		}
		return yes(key, "shown", entry.requires().isEmpty() ? "“%s” is for everybody who is signed in.".formatted(name)
				: "“%s” is for people who have %s, and they do.".formatted(name, String.join(", ", entry.requires())));
	}

	private static Why absent(String key, Optional<CatalogModule> module) {
		if (key.startsWith("/")) {
			return no(key, "unknown-item", "There is no link “%s”.".formatted(key.substring(1)));
		}
		if (module.isEmpty()) {
			return no(key, "unknown-module", "No module of that name is live.");
		}
		if (module.get().usual().isEmpty()) {
			return no(key, "not-rolled-out",
					"Module “%s” is rolled out to nobody by share.".formatted(module.get().module()));
		}
		return no(key, "unknown-item", "The version of module “%s” that most people get proposes no such item."
			.formatted(module.get().module()));
	}

	private static Why no(String key, String rule, String sentence) {
		return new Why(key, false, rule, sentence, List.of());
	}

	private static Why yes(String key, String rule, String sentence) {
		return new Why(key, true, rule, sentence, List.of());
	}

}
