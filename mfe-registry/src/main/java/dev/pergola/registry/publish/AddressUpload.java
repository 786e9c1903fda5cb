package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.archive.BundleFindings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.egress.FetchRefusedException;
import dev.pergola.registry.egress.Fetcher;
import dev.pergola.registry.publish.Gate.Target;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.team.Hosts;
import dev.pergola.registry.team.TeamHosts;
import tools.jackson.databind.JsonNode;

/**
 * Fetches the files of a version from the addresses a team names. They have to be at the
 * team's own hosts, and the manifest has to know the hash of each: whoever stands between
 * changes nothing unseen.
 */
public final class AddressUpload {

	private final PublishProperties properties;

	private final TeamHosts hosts;

	private final Fetcher fetcher;

	public AddressUpload(PublishProperties properties, TeamHosts hosts, Fetcher fetcher) {
		this.properties = properties;
		this.hosts = hosts;
		this.fetcher = fetcher;
	}

	/**
	 * Fetches everything that may be fetched.
	 * @param body {@code {"manifest": {…}, "files": {path: address}}}
	 * @return files and findings; {@link PublishRefusedException} when the body is
	 * something else
	 */
	UnpackedBundle receive(Caller caller, Target target, byte[] body, Upload upload, Publisher publisher) {
		JsonNode request = JsonDocument.read(body);
		JsonNode manifest = request.path("manifest");
		JsonNode files = request.path("files");
		if (!manifest.isObject() || !files.isObject() || request.size() != 2) {
			throw refused(target, "body must be an object of manifest and files");
		}
		if (files.size() > this.properties.maxFiles()) {
			throw refused(target, "files must have at most %d entries".formatted(this.properties.maxFiles()));
		}
		String named = manifest.path("team").path("name").asString("");
		String team = (target.owner() != null) ? target.owner() : named;
		// Before anything is fetched: nobody fetches for another team.
		caller.requireChange(team);
		List<Finding> findings = new ArrayList<>();
		Map<String, Path> sources = fetch(files, manifest.path("files"), team, upload, findings);
		sources.put("manifest.json", write(upload.manifest(), manifest));
		UnpackedBundle bundle = publisher.collect(sources, upload.files());
		return bundle.with(bundle.manifest(), findings);
	}

	private Map<String, Path> fetch(JsonNode files, JsonNode hashes, String team, Upload upload,
			List<Finding> findings) {
		Hosts allowed = this.hosts.load();
		Instant deadline = Instant.now().plus(this.properties.timeout());
		Map<String, Path> sources = new LinkedHashMap<>();
		long left = this.properties.maxExpanded().toBytes();
		for (Map.Entry<String, JsonNode> file : files.properties()) {
			try {
				URI url = url(file.getValue());
				if (!allowed.allows(team, url)) {
					throw new FetchRefusedException(
							"host %s is not on the list of team %s".formatted(url.getHost(), team));
				}
				if (!hashes.path(file.getKey()).isString()) {
					throw new FetchRefusedException("needs its hash in the manifest, as it is fetched");
				}
				Path part = upload.parts().resolve(Integer.toString(sources.size()));
				this.fetcher.fetch(url, part, left, deadline);
				left -= Files.size(part);
				sources.put(file.getKey(), part);
			}
			catch (FetchRefusedException ex) {
				findings.add(BundleFindings.at(file.getKey(), String.valueOf(ex.getMessage())));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return sources;
	}

	private static URI url(JsonNode address) throws FetchRefusedException {
		try {
			return URI.create(address.asString(""));
		}
		catch (IllegalArgumentException ex) {
			throw new FetchRefusedException("is not an address");
		}
	}

	private static Path write(Path file, JsonNode manifest) {
		try {
			return Files.writeString(file, manifest.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PublishRefusedException refused(Target target, String message) {
		return new PublishRefusedException(target.toString(), List.of(Findings.at("", message)));
	}

}
