package dev.pergola.registry.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.PathPattern;
import dev.pergola.manifests.PathPattern.Literal;

/**
 * Addresses that are the portal's own and never a module's page.
 */
public final class ReservedPaths {

	private static final Set<String> FIRST_SEGMENTS = Set.of("api", "views", "agents", "modules", ".well-known",
			"registry", "bridge", "session", "logout", "login", "oauth2", "catalog", "importmap.json", "admin",
			"developer", "design", "assets", "problems", "actuator");

	private ReservedPaths() {
	}

	/**
	 * Page paths that are the portal's own.
	 * @return in the order of the document
	 */
	public static List<Finding> of(Manifest manifest) {
		List<Finding> findings = new ArrayList<>();
		for (int i = 0; i < manifest.pages().size(); i++) {
			PathPattern path = manifest.pages().get(i).pattern();
			if (path.segments().isEmpty() || !(path.segments().getFirst() instanceof Literal(String name))
					|| FIRST_SEGMENTS.contains(name)) {
				findings.add(new Finding("/pages/%d/path".formatted(i),
						"page path %s must begin with a name that is not one of the portal's own".formatted(path), 0,
						0));
			}
		}
		return findings;
	}

}
