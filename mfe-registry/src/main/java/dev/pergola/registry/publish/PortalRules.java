package dev.pergola.registry.publish;

import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Version;
import dev.pergola.manifests.VersionRange;
import dev.pergola.registry.request.Findings;

/**
 * What a manifest expects of the portal it runs in.
 */
final class PortalRules {

	private PortalRules() {
	}

	/** Ranges that the portal and the libraries it offers are not in. */
	static void check(Manifest manifest, PortalProperties portal, List<Finding> findings) {
		if (!VersionRange.parse(manifest.host()).contains(portal.version())) {
			findings
				.add(Findings.at("/host", "takes %s, this portal is %s".formatted(manifest.host(), portal.version())));
		}
		Map<String, Version> libraries = portal.libraries();
		manifest.shared().forEach((name, range) -> {
			Version offered = libraries.get(name);
			if (offered != null && !VersionRange.parse(range).contains(offered)) {
				findings.add(Findings.at("/shared/" + BundleRules.escape(name),
						"takes %s, the portal offers %s; put another version into the bundle".formatted(range,
								offered)));
			}
		});
	}

}
