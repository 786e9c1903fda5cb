package dev.pergola.registry.navigation;

import dev.pergola.registry.request.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationOverride;
import org.jspecify.annotations.Nullable;

/**
 * What an overlay must be. Modules it names need not exist yet: administrators may
 * arrange before a team publishes.
 */
final class NavigationRules {

	private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,47}");

	private NavigationRules() {
	}

	static List<Finding> findings(Navigation navigation) {
		List<Finding> findings = new ArrayList<>();
		Set<String> groups = new HashSet<>();
		for (int i = 0; i < navigation.groups().size(); i++) {
			NavigationGroup group = navigation.groups().get(i);
			checkId(group.id(), "/groups/" + i + "/id", findings);
			if (!groups.add(group.id())) {
				findings.add(Findings.at("/groups/" + i + "/id", "names a group twice"));
			}
		}
		Set<String> items = new HashSet<>();
		for (int i = 0; i < navigation.items().size(); i++) {
			NavigationOverride item = navigation.items().get(i);
			checkId(item.module(), "/items/" + i + "/module", findings);
			checkId(item.id(), "/items/" + i + "/id", findings);
			if (item.group() != null) {
				checkId(item.group(), "/items/" + i + "/group", findings);
			}
			if (!items.add(item.module() + "/" + item.id())) {
				findings.add(Findings.at("/items/" + i, "names an item twice"));
			}
		}
		return findings;
	}

	private static void checkId(@Nullable String id, String pointer, List<Finding> findings) {
		if (id == null || !ID.matcher(id).matches()) {
			findings.add(Findings.at(pointer, "must match " + ID));
		}
	}

}
