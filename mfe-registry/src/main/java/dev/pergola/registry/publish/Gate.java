package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestPlaces;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import dev.pergola.manifests.Upstream;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.Hosts;
import dev.pergola.registry.team.TeamHosts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a bundle may become a version. It looks at everything before it
 * answers, so that a team learns all that is wrong at once.
 */
public final class Gate {

	private static final int MAX_FINDINGS = 200;

	private final ManifestReader reader = new ManifestReader();

	private final PublishProperties properties;

	private final PortalProperties portal;

	private final Licences licences;

	private final TeamHosts hosts;

	private final ReservationStore reservations;

	private final LiveManifests live;

	private final ServiceDescriptions descriptions;

	public Gate(PublishProperties properties, PortalProperties portal, TeamHosts hosts, ReservationStore reservations,
			LiveManifests live, VersionStore versions, BundleStore bundles) {
		this.properties = properties;
		this.portal = portal;
		this.licences = new Licences(portal.licences());
		this.hosts = hosts;
		this.reservations = reservations;
		this.live = live;
		this.descriptions = new ServiceDescriptions(properties.maxOpenapi().toBytes(), portal.openapiCompatibility(),
				versions, bundles);
	}

	/**
	 * Looks at a bundle.
	 * @param target where it is to be published
	 * @return what may be stored; {@link PublishRefusedException} with everything wrong
	 */
	Candidate pass(Target target, UnpackedBundle bundle) {
		List<Finding> findings = new ArrayList<>(bundle.findings());
		byte[] json = manifest(bundle, findings);
		JsonNode document = JsonDocument.read(json);
		ManifestReading reading = (json.length > 0) ? this.reader.read(json) : null;
		if (reading != null) {
			findings.addAll(reading.findings());
		}
		this.licences.check(bundle, findings);
		if (document.isObject()) {
			findings.addAll(ManifestDocument.findings(document, target, bundle));
		}
		Optional<Manifest> manifest = (reading != null) ? reading.manifest() : Optional.empty();
		long entryBytes = manifest.map((read) -> check(read, target, bundle, findings)).orElse(0L);
		if (!findings.isEmpty() || manifest.isEmpty()) {
			ManifestPlaces places = ManifestPlaces.of(json);
			throw new PublishRefusedException(target.toString(),
					findings.stream().distinct().limit(MAX_FINDINGS).map(places::locate).toList());
		}
		return Candidate.of(manifest.get(), bundle, entryBytes);
	}

	/** Names taken by or reserved for others, as the current transaction sees them. */
	List<Finding> conflicts(Manifest manifest) {
		return conflicts(manifest, this.live.load());
	}

	private List<Finding> conflicts(Manifest manifest, Map<String, Map<String, Manifest>> manifests) {
		List<Finding> findings = new ArrayList<>(Conflicts.among(manifests, manifest.module()).of(manifest));
		findings.addAll(this.reservations.load().of(manifest.team().name(), manifest));
		return findings;
	}

	private long check(Manifest manifest, Target target, UnpackedBundle bundle, List<Finding> findings) {
		BundleRules.addMissing(manifest, bundle, findings);
		long entryBytes = BundleRules.entryGzipBytes(manifest, bundle);
		if (entryBytes > this.properties.maxEntry().toBytes()) {
			findings.add(Findings.at("/entry/file", "entry has %d bytes in gzip (allowed: %d)".formatted(entryBytes,
					this.properties.maxEntry().toBytes())));
		}
		PortalRules.check(manifest, this.portal, findings);
		checkUpstream(manifest, target, findings);
		Map<String, Map<String, Manifest>> manifests = this.live.load();
		this.descriptions.check(manifest, bundle, manifests.getOrDefault(manifest.module(), Map.of()), findings);
		findings.addAll(conflicts(manifest, manifests));
		return entryBytes;
	}

	private void checkUpstream(Manifest manifest, Target target, List<Finding> findings) {
		Upstream upstream = manifest.upstream();
		if (upstream == null) {
			return;
		}
		Hosts allowed = this.hosts.load();
		URI url = allowed.upstream(manifest.module(), upstream.url());
		String team = (target.owner() != null) ? target.owner() : manifest.team().name();
		if (url != null && !allowed.allows(team, url)) {
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
