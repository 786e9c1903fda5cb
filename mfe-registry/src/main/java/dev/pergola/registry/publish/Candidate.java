package dev.pergola.registry.publish;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestJson;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.bundle.ContentHash;

/**
 * A version that passed the gate.
 *
 * @param manifest all hashes filled in
 * @param json the manifest as it is kept
 * @param contentHash over the manifest, and so over all files
 */
record Candidate(Manifest manifest, String json, UnpackedBundle bundle, String contentHash, long entryGzipBytes) {

	static Candidate of(Manifest manifest, UnpackedBundle bundle, long entryGzipBytes) {
		TreeMap<String, String> hashes = new TreeMap<>();
		bundle.files().forEach((path, file) -> hashes.put(path, file.hash().integrity()));
		Manifest complete = manifest.withFiles(hashes);
		byte[] json = ManifestJson.write(complete);
		return new Candidate(complete, new String(json, StandardCharsets.UTF_8), bundle, hash(json), entryGzipBytes);
	}

	String name() {
		return this.manifest.module() + "/" + this.manifest.version();
	}

	private static String hash(byte[] json) {
		var digest = ContentHash.newDigest();
		digest.update(json);
		return ContentHash.of(digest).hex();
	}

}
