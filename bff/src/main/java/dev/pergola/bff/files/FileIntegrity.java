package dev.pergola.bff.files;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;

/** Holds files against what the manifests of the catalog say of them. */
final class FileIntegrity {

	private static final String SHA_384 = "sha384-";

	private final LiveModules modules;

	FileIntegrity(LiveModules modules) {
		this.modules = modules;
	}

	/**
	 * Whether a file may be what was published. Of versions that are not in the catalog
	 * any more nothing is known here; the registry has checked them when it read them.
	 * @param path percent-encoded path below the version
	 */
	boolean permits(String module, String version, String path, byte[] bytes) {
		String published = this.modules.find(module)
			.map(CatalogModule::versions)
			.map((versions) -> versions.get(version))
			.map(Manifest::files)
			.map((files) -> files.get(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)))
			.orElse(null);
		return published == null || !published.startsWith(SHA_384) || published.equals(SHA_384 + sha384(bytes));
	}

	private static String sha384(byte[] bytes) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-384").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
