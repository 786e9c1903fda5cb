package dev.pergola.registry.exchange;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The catalog as a document of frontend-discovery (AWS): every version that is live, with
 * its share.
 */
@RestController
public class DiscoveryController {

	private static final String SCHEMA = "https://github.com/awslabs/frontend-discovery/blob/main/schema/v1-pre.json";

	private final LiveEntries entries;

	DiscoveryController(LiveEntries entries) {
		this.entries = entries;
	}

	/** {@code GET /registry/v1/exchange/frontend-discovery.json}. */
	@GetMapping("/registry/v1/exchange/frontend-discovery.json")
	Discovery discovery() {
		Map<String, List<MicroFrontend>> all = new TreeMap<>();
		this.entries.modules().forEach((module) -> {
			List<MicroFrontend> versions = versions(module).toList();
			if (!versions.isEmpty()) {
				all.put(module.module(), versions);
			}
		});
		return new Discovery(SCHEMA, all);
	}

	private Stream<MicroFrontend> versions(CatalogModule module) {
		List<RolloutShare> shares = RolloutLayout.shares(module.rollout());
		return shares.stream().flatMap((share) -> {
			Manifest manifest = Objects.requireNonNull(module.versions().get(share.version()));
			return this.entries.entry(manifest)
				.map((entry) -> new MicroFrontend(entry.url(), new Metadata(entry.integrity(), share.version()),
						new Deployment(percent(share), share.share().signum() > 0 && share.equals(largest(shares)))))
				.stream();
		});
	}

	/** The schema knows whole percent only. */
	private static int percent(RolloutShare share) {
		return share.share().setScale(0, RoundingMode.HALF_UP).intValue();
	}

	private static RolloutShare largest(List<RolloutShare> shares) {
		return shares.stream()
			.reduce((one, other) -> (other.share().compareTo(one.share()) > 0) ? other : one)
			.orElseThrow();
	}

	/** The document. */
	record Discovery(String schema, Map<String, List<MicroFrontend>> microFrontends) {

	}

	/** A version of a module. */
	record MicroFrontend(String url, Metadata metadata, Deployment deployment) {

	}

	/** What never changes about a version. */
	record Metadata(String integrity, String version) {

	}

	/**
	 * Who gets a version.
	 *
	 * @param traffic share in whole percent
	 */
	record Deployment(int traffic, @JsonProperty("default") boolean isDefault) {

	}

}
