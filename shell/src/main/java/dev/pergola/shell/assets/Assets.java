package dev.pergola.shell.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * All static files of the portal. Never changes after the start.
 */
public final class Assets {

	private static final String ROOT = "META-INF/resources/assets/";

	private final SortedMap<String, Asset> files;

	private final String build;

	private final StaticImports imports = new StaticImports(this);

	/**
	 * Takes files as they are, for tests and for programs that hold them elsewhere.
	 * @param files content by path below {@code assets/}
	 */
	public Assets(Map<String, byte[]> files) {
		this.files = new TreeMap<>();
		files.forEach((path, bytes) -> this.files.put(path, Asset.of(path, bytes)));
		this.build = hashOver(this.files.values());
	}

	/**
	 * Finds everything under {@code META-INF/resources/assets/} of the class path. Where
	 * two jars bring the same path, the first on the class path wins.
	 * @param loader class loader to look into
	 * @return the files, possibly none
	 */
	public static Assets onClassPath(ClassLoader loader) {
		ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(loader);
		Map<String, byte[]> files = new TreeMap<>();
		try {
			for (Resource resource : resolver.getResources("classpath*:" + ROOT + "**/*")) {
				String address = resource.getURL().toString();
				String path = address.substring(address.lastIndexOf(ROOT) + ROOT.length());
				if (resource.isReadable() && !path.endsWith("/")) {
					files.putIfAbsent(path, resource.getContentAsByteArray());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("assets: cannot be read from the class path", ex);
		}
		return new Assets(files);
	}

	private static String hashOver(Collection<Asset> files) {
		MessageDigest digest = Asset.digest("SHA-256");
		files.forEach((file) -> digest
			.update((file.path() + '\n' + file.integrity() + '\n').getBytes(StandardCharsets.UTF_8)));
		return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
	}

	/**
	 * Name of this set of files: twelve hexadecimal digits that change when any of them
	 * does.
	 * @return the name
	 */
	public String build() {
		return this.build;
	}

	/**
	 * Looks a file up.
	 * @param path path below {@code assets/}
	 * @return the file, empty when there is none
	 */
	public Optional<Asset> find(String path) {
		return Optional.ofNullable(this.files.get(path));
	}

	/**
	 * A script and every script it imports by a relative address, as far as the imports
	 * go: all that has to be there before its first line runs.
	 * @param script a script of this set
	 * @return the scripts, the given one first
	 */
	public List<Asset> withImports(Asset script) {
		return this.imports.of(script);
	}

	/**
	 * Address of a file, whether or not it exists.
	 * @param path path below {@code assets/}
	 * @return path on the portal's origin
	 */
	public String url(String path) {
		return "/assets/" + this.build + "/" + path;
	}

	/**
	 * All files in the order of their paths.
	 * @return the files
	 */
	public Collection<Asset> all() {
		return this.files.values();
	}

}
