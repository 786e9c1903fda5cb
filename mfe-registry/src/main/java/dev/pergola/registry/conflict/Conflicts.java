package dev.pergola.registry.conflict;

import dev.pergola.registry.request.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.PathPattern;
import dev.pergola.manifests.SlotFill;
import dev.pergola.manifests.VersionRange;

/**
 * What is taken by the live versions of other modules: page paths (also when two patterns
 * overlap), navigation ids, element names, places in a slot, and libraries that nobody
 * can share.
 */
public final class Conflicts {

	private final List<OwnedPath> paths = new ArrayList<>();

	private final Map<String, String> navigationIds = new HashMap<>();

	private final Map<String, String> elements = new HashMap<>();

	/** Module of each slot and order. A fill without an order takes no place. */
	private final Map<String, String> slotPlaces = new HashMap<>();

	private final List<SharedRange> shared = new ArrayList<>();

	private Conflicts() {
	}

	/**
	 * Takes stock of what is live.
	 * @param live manifests by module and version
	 * @param except module whose own names are free to it
	 */
	public static Conflicts among(Map<String, Map<String, Manifest>> live, String except) {
		Conflicts conflicts = new Conflicts();
		live.forEach((module, versions) -> {
			if (!module.equals(except)) {
				versions.values().forEach((manifest) -> conflicts.own(module, manifest));
			}
		});
		return conflicts;
	}

	/**
	 * Names of a manifest that are taken.
	 * @return in the order of the document, empty when it fits
	 */
	public List<Finding> of(Manifest manifest) {
		List<Finding> findings = new ArrayList<>();
		for (int i = 0; i < manifest.pages().size(); i++) {
			Page page = manifest.pages().get(i);
			checkPath(page.pattern(), "/pages/%d/path".formatted(i), findings);
			String element = page.element();
			if (element != null) {
				check(this.elements, element, "/pages/%d/element".formatted(i), findings);
			}
		}
		for (int i = 0; i < manifest.navigation().size(); i++) {
			NavigationItem item = manifest.navigation().get(i);
			check(this.navigationIds, item.id(), "/navigation/%d/id".formatted(i), findings);
		}
		for (int i = 0; i < manifest.slots().size(); i++) {
			SlotFill slot = manifest.slots().get(i);
			check(this.elements, slot.element(), "/slots/%d/element".formatted(i), findings);
			String owner = (slot.order() != 0) ? this.slotPlaces.get(place(slot)) : null;
			if (owner != null) {
				findings.add(Findings.at("/slots/%d/order".formatted(i),
						"place %d of slot %s is taken by module %s".formatted(slot.order(), slot.slot(), owner)));
			}
		}
		manifest.shared().forEach((name, range) -> checkShared(name, VersionRange.parse(range), findings));
		return findings;
	}

	private void own(String module, Manifest manifest) {
		manifest.pages().forEach((page) -> this.paths.add(new OwnedPath(module, page.pattern())));
		manifest.navigation().forEach((item) -> this.navigationIds.putIfAbsent(item.id(), module));
		Stream.concat(manifest.pages().stream().map(Page::element), manifest.slots().stream().map(SlotFill::element))
			.filter(Objects::nonNull)
			.forEach((element) -> this.elements.putIfAbsent(element, module));
		manifest.slots().forEach((slot) -> this.slotPlaces.putIfAbsent(place(slot), module));
		manifest.shared()
			.forEach((name, range) -> this.shared.add(new SharedRange(module, name, VersionRange.parse(range))));
	}

	private void checkShared(String name, VersionRange range, List<Finding> findings) {
		this.shared.stream()
			.filter((other) -> other.name().equals(name) && !other.range().intersects(range))
			.findFirst()
			.ifPresent((other) -> findings.add(Findings.at("/shared/" + name.replace("~", "~0").replace("/", "~1"),
					"takes %s, module %s takes %s: no version fits both".formatted(range, other.module(),
							other.range()))));
	}

	private static String place(SlotFill slot) {
		return slot.slot() + " " + slot.order();
	}

	private void checkPath(PathPattern path, String pointer, List<Finding> findings) {
		this.paths.stream()
			.filter((owned) -> owned.path().overlaps(path))
			.findFirst()
			.ifPresent((owned) -> findings.add(
					Findings.at(pointer, "%s overlaps %s of module %s".formatted(path, owned.path(), owned.module()))));
	}

	private static void check(Map<String, String> owners, String name, String pointer, List<Finding> findings) {
		String owner = owners.get(name);
		if (owner != null) {
			findings.add(Findings.at(pointer, "%s is taken by module %s".formatted(name, owner)));
		}
	}

	private record SharedRange(String module, String name, VersionRange range) {

	}

	private record OwnedPath(String module, PathPattern path) {

	}

}
