package dev.pergola.cli.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder with a module's manifest and its bundle.
 *
 * @param folder where {@code manifest.json} is
 * @param manifest bytes of {@code manifest.json}
 * @param files path inside the bundle and file, without the manifest, in the order of the
 * names
 */
public record ModuleFolder(Path folder, byte[] manifest, Map<String, Path> files) {

	private static final String MANIFEST = "manifest.json";

	/** Where build tools put what is to be published, seen from a project's folder. */
	private static final List<String> PLACES = List.of("", "module", "dist", "target/module");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Finds the folder: the first of {@code .}, {@code module}, {@code dist} and
	 * {@code target/module} with a manifest whose entry is beside it, else the first with
	 * a manifest.
	 * @param project folder a person named
	 * @return the folder and its files; hidden files and {@code node_modules} left out
	 */
	public static ModuleFolder find(Path project) throws IOException {
		if (!Files.isDirectory(project)) {
			throw new CommandException(Exit.REFUSED, "%s is not a folder".formatted(project));
		}
		List<Path> folders = PLACES.stream()
			.map((place) -> project.resolve(place).normalize())
			.filter((folder) -> Files.isRegularFile(folder.resolve(MANIFEST)))
			.toList();
		if (folders.isEmpty()) {
			throw new CommandException(Exit.REFUSED,
					"there is no manifest.json in %s, nor in its folders module, dist or target/module"
						.formatted(project));
		}
		for (Path folder : folders) {
			if (hasEntry(folder)) {
				return read(folder);
			}
		}
		return read(folders.getFirst());
	}

	/** The manifest as a person finds it. */
	public Path manifestFile() {
		return this.folder.resolve(MANIFEST);
	}

	public Set<String> names() {
		return this.files.keySet();
	}

	private static boolean hasEntry(Path folder) throws IOException {
		try {
			String entry = JSON.readTree(Files.readAllBytes(folder.resolve(MANIFEST)))
				.path("entry")
				.path("file")
				.asString("");
			return entry.isEmpty() || Files.isRegularFile(folder.resolve(entry));
		}
		catch (JacksonException | InvalidPathException ex) {
			return false;
		}
	}

	private static ModuleFolder read(Path folder) throws IOException {
		Map<String, Path> files = new TreeMap<>();
		try (Stream<Path> found = Files.walk(folder)) {
			for (Path path : found.toList()) {
				if (!isLeftOut(folder, path)) {
					add(folder, path, files);
				}
			}
		}
		files.remove(MANIFEST);
		return new ModuleFolder(folder, Files.readAllBytes(folder.resolve(MANIFEST)), files);
	}

	private static void add(Path folder, Path path, Map<String, Path> files) {
		if (Files.isSymbolicLink(path)) {
			throw new CommandException(Exit.REFUSED, "%s is a link, which no bundle may have".formatted(path));
		}
		if (Files.isRegularFile(path)) {
			files.put(folder.relativize(path).toString().replace('\\', '/'), path);
		}
	}

	private static boolean isLeftOut(Path folder, Path path) {
		for (Path name : folder.relativize(path)) {
			if (name.toString().startsWith(".") || name.toString().equals("node_modules")) {
				return true;
			}
		}
		return false;
	}

}
