package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;

/**
 * What an overlay must be. Modules it names need not exist yet: administrators may
 * arrange before a team publishes.
 */
final class NavigationRules {

	private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,47}");

	/**
	 * A path, so that a link never leaves the portal: no scheme, no host, no backslash.
	 */
	private static final Pattern HREF = Pattern.compile("/(?![/\\\\])[^\\\\\\p{Cntrl}\\s]{0,500}");

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
			if (item.group() != null && !item.group().isEmpty()) {
				checkId(item.group(), "/items/" + i + "/group", findings);
			}
			if (!items.add(item.module() + "/" + item.id())) {
				findings.add(Findings.at("/items/" + i, "names an item twice"));
			}
		}
		links(navigation, findings);
		parents(navigation, findings);
		return findings;
	}

	private static void links(Navigation navigation, List<Finding> findings) {
		Set<String> links = new HashSet<>();
		for (int i = 0; i < navigation.links().size(); i++) {
			NavigationLink link = navigation.links().get(i);
			checkId(link.id(), "/links/" + i + "/id", findings);
			if (link.group() != null) {
				checkId(link.group(), "/links/" + i + "/group", findings);
			}
			if (link.href() == null || !HREF.matcher(link.href()).matches()) {
				findings.add(Findings.at("/links/" + i + "/href", "must be a path on the portal, such as /deals"));
			}
			if (link.title().isEmpty()) {
				findings.add(Findings.at("/links/" + i + "/title", "is missing"));
			}
			if (!links.add(link.id())) {
				findings.add(Findings.at("/links/" + i, "names a link twice"));
			}
		}
	}

	/** A group below itself would be nowhere. */
	private static void parents(Navigation navigation, List<Finding> findings) {
		Map<String, String> parents = new HashMap<>();
		navigation.groups().forEach((group) -> {
			if (group.parent() != null) {
				parents.put(group.id(), group.parent());
			}
		});
		Set<String> known = navigation.groups().stream().map(NavigationGroup::id).collect(Collectors.toSet());
		for (int i = 0; i < navigation.groups().size(); i++) {
			String parent = navigation.groups().get(i).parent();
			Set<String> seen = new HashSet<>(Set.of(String.valueOf(navigation.groups().get(i).id())));
			if (parent != null && !known.contains(parent)) {
				findings.add(Findings.at("/groups/" + i + "/parent", "is no group of this navigation"));
			}
			for (String up = parent; up != null; up = parents.get(up)) {
				if (!seen.add(up)) {
					findings.add(Findings.at("/groups/" + i + "/parent", "makes a circle"));
					break;
				}
			}
		}
	}

	private static void checkId(@Nullable String id, String pointer, List<Finding> findings) {
		if (id == null || !ID.matcher(id).matches()) {
			findings.add(Findings.at(pointer, "must match " + ID));
		}
	}

}
