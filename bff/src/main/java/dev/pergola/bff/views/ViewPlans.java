package dev.pergola.bff.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.bff.routing.CatalogListener;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.View;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans of all views of the catalog; a view without a plan harms no other. */
final class ViewPlans implements CatalogListener {

	private static final Logger log = LoggerFactory.getLogger(ViewPlans.class);

	private final ViewProperties properties;

	private final ViewMeters meters;

	private volatile Map<Key, List<ViewPlan>> plans = Map.of();

	ViewPlans(ViewProperties properties, ViewMeters meters) {
		this.properties = properties;
		this.meters = meters;
	}

	@Override
	public void onCatalog(Catalog catalog) {
		Map<Key, List<ViewPlan>> before = this.plans;
		Map<Key, List<ViewPlan>> next = new HashMap<>();
		for (CatalogModule module : catalog.modules()) {
			module.versions().forEach((version, manifest) -> {
				// A version never changes, so neither do its plans.
				Key key = new Key(module.module(), version);
				List<ViewPlan> known = before.get(key);
				next.put(key, (known != null) ? known : plans(module.module(), manifest));
			});
		}
		this.plans = Map.copyOf(next);
		this.meters.retain(next.values().stream().flatMap(List::stream).toList());
	}

	/**
	 * A view and the parameters of its path.
	 * @param segments decoded segments after the module
	 */
	Optional<Match> find(String module, String version, List<String> segments) {
		for (ViewPlan plan : this.plans.getOrDefault(new Key(module, version), List.of())) {
			Optional<Map<String, String>> parameters = plan.path().match(segments);
			if (parameters.isPresent()) {
				return Optional.of(new Match(plan, version, parameters.get()));
			}
		}
		return Optional.empty();
	}

	private List<ViewPlan> plans(String module, Manifest manifest) {
		List<ViewPlan> plans = new ArrayList<>();
		for (View view : manifest.views()) {
			try {
				plans.add(ViewPlan.of(module, view, this.properties));
			}
			catch (RuntimeException ex) {
				log.error("view without plan: module={} version={} path={} because={}", module, manifest.version(),
						view.path(), ex.toString());
			}
		}
		plans.sort(Comparator.comparing(ViewPlan::path));
		return List.copyOf(plans);
	}

	/** A plan, and what its path's parameters are this time. */
	record Match(ViewPlan plan, String version, Map<String, String> parameters) {

	}

	private record Key(String module, String version) {

	}

}
