package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import dev.pergola.manifests.Upstream;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.TeamProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a bundle may become a version. It looks at everything before it
 * answers, so that a team learns all that is wrong at once.
 */
final class Gate {

	private static final int MAX_FINDINGS = 200;

	private final ManifestReader reader = new ManifestReader();

	private final PublishProperties properties;

	private final TeamProperties teams;

	private final LiveManifests live;

	Gate(PublishProperties properties, TeamProperties teams, LiveManifests live) {
		this.properties = properties;
		this.teams = teams;
		this.live = live;
	}

	/**
	 * Looks at a bundle.
	 * @param target where it is to be published
	 * @return what may be stored; {@link PublishRefusedException} with everything wrong
	 */
	Candidate pass(Target target, UnpackedBundle bundle) {
		List<Finding> findings = new ArrayList<>(bundle.findings());
		byte[] json = manifest(bundle, findings);
		JsonNode document = ManifestDocument.parse(json);
		ManifestReading reading = (json.length > 0) ? this.reader.read(json) : null;
		if (reading != null) {
			findings.addAll(reading.findings());
		}
		if (document.isObject()) {
			findings.addAll(ManifestDocument.findings(document, target, bundle));
		}
		Optional<Manifest> manifest = (reading != null) ? reading.manifest() : Optional.empty();
		long entryBytes = manifest.map((read) -> check(read, target, bundle, findings)).orElse(0L);
		if (!findings.isEmpty() || manifest.isEmpty()) {
			throw new PublishRefusedException(target.toString(),
					findings.stream().distinct().limit(MAX_FINDINGS).toList());
		}
		return Candidate.of(manifest.get(), bundle, entryBytes);
	}

	/** Names taken by others, as the current transaction sees them. */
	List<Finding> conflicts(Manifest manifest) {
		return Conflicts.among(this.live.load(), manifest.module()).of(manifest);
	}

	private long check(Manifest manifest, Target target, UnpackedBundle bundle, List<Finding> findings) {
		BundleRules.addMissing(manifest, bundle, findings);
		long entryBytes = BundleRules.entryGzipBytes(manifest, bundle);
		if (entryBytes > this.properties.maxEntry().toBytes()) {
			findings.add(Findings.at("/entry/file", "entry has %d bytes in gzip (allowed: %d)".formatted(entryBytes,
					this.properties.maxEntry().toBytes())));
		}
		checkUpstream(manifest, target, findings);
		findings.addAll(conflicts(manifest));
		return entryBytes;
	}

	private void checkUpstream(Manifest manifest, Target target, List<Finding> findings) {
		Upstream upstream = manifest.upstream();
		URI url = this.teams.upstream(manifest.module(), (upstream != null) ? upstream.url() : null);
		String team = (target.owner() != null) ? target.owner() : manifest.team().name();
		if (upstream != null && url != null && !this.teams.allows(team, url)) {
			findings
				.add(Findings.at("/upstream/url", "host %s is not on the list of team %s; an administrator can add it"
					.formatted(url.getAuthority(), team)));
		}
	}

	private byte[] manifest(UnpackedBundle bundle, List<Finding> findings) {
		Path file = bundle.manifest();
		try {
			if (file == null) {
				findings.add(Findings.at("", "manifest.json is missing, at the root or under package/"));
			}
			else if (Files.size(file) > this.properties.maxManifest().toBytes()) {
				findings.add(Findings.at("",
						"manifest.json is larger than %d bytes".formatted(this.properties.maxManifest().toBytes())));
			}
			else {
				return Files.readAllBytes(file);
			}
			return new byte[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where a bundle is to be published, and by whose leave.
	 *
	 * @param owner team of the module, {@code null} before its first version
	 */
	record Target(String module, String version, @Nullable String owner) {

		@Override
		public String toString() {
			return this.module + "/" + this.version;
		}

	}

}
