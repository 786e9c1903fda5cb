package dev.pergola.registry.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import dev.pergola.registry.bundle.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an upload into a folder. Names of the archive never become names on disk: files
 * are numbered.
 */
public final class Unpacker {

	private static final String MANIFEST = "manifest.json";

	/** {@code npm pack} puts everything below this folder. */
	private static final String NPM_FOLDER = "package/";

	private final ArchiveLimits limits;

	public Unpacker(ArchiveLimits limits) {
		this.limits = limits;
	}

	/**
	 * Unpacks all of an upload, however much is wrong with it.
	 * @param upload archive of that format
	 * @param folder existing empty folder
	 * @return files and findings; {@link BundleTooLargeException} past a bound,
	 * {@link NotAnArchiveException} when it cannot be read, {@link UncheckedIOException}
	 * when the folder cannot be written
	 */
	public UnpackedBundle unpack(Path upload, ArchiveFormat format, Path folder) {
		Unpacking unpacking = new Unpacking(folder);
		try {
			if (format == ArchiveFormat.ZIP) {
				ZipEntries.requireAtMost(this.limits.maxFiles(), upload);
			}
			format.read(upload, new ExpansionMeter(Files.size(upload), this.limits), unpacking);
		}
		catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException ex) {
			throw new NotAnArchiveException(format, ex);
		}
		return unpacking.result();
	}

	/**
	 * Takes files that came one by one, under the rules of those in an archive.
	 * @param sources path inside the bundle and file of each
	 * @param folder existing empty folder
	 * @return files and findings; {@link BundleTooLargeException} past a bound
	 */
	public UnpackedBundle collect(Map<String, Path> sources, Path folder) {
		Unpacking unpacking = new Unpacking(folder);
		// What is fetched is not compressed: only its size counts.
		ExpansionMeter meter = new ExpansionMeter(this.limits.maxExpanded().toBytes(), this.limits);
		sources.forEach((path, source) -> {
			try (InputStream content = meter.metered(Files.newInputStream(source))) {
				unpacking.visit(path, EntryVisitor.Kind.FILE, content);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		return unpacking.result();
	}

	/** What has been seen of one archive. */
	private final class Unpacking implements EntryVisitor {

		private final Path folder;

		private final NameRules names = new NameRules(Unpacker.this.limits.maxDepth());

		private final Map<String, UnpackedFile> files = new HashMap<>();

		private final List<Finding> findings = new ArrayList<>();

		private int entries;

		private Unpacking(Path folder) {
			this.folder = folder;
		}

		@Override
		public void visit(String name, Kind kind, InputStream content) throws IOException {
			if (++this.entries > Unpacker.this.limits.maxFiles()) {
				throw new BundleTooLargeException(
						"bundle has more than %d files".formatted(Unpacker.this.limits.maxFiles()));
			}
			String path = name.startsWith("./") ? name.substring(2) : name;
			if (kind == Kind.OTHER) {
				refuse(path, "must be a plain file: links, devices and encrypted entries are refused");
			}
			else if (kind == Kind.FILE) {
				Optional<String> refusal = this.names.refusal(path);
				refusal.ifPresent((reason) -> refuse(path, reason));
				if (refusal.isEmpty()) {
					this.files.put(path, store(content));
				}
			}
		}

		private UnpackedFile store(InputStream content) throws IOException {
			Path file = this.folder.resolve(Integer.toString(this.files.size()));
			MessageDigest digest = ContentHash.newDigest();
			long sizeBytes;
			try (OutputStream target = new DigestOutputStream(new FolderStream(file), digest)) {
				sizeBytes = content.transferTo(target);
			}
			return new UnpackedFile(file, ContentHash.of(digest), sizeBytes);
		}

		private void refuse(String path, String reason) {
			this.findings.add(BundleFindings.at(path, reason));
		}

		private UnpackedBundle result() {
			String root = this.files.containsKey(NPM_FOLDER + MANIFEST) ? NPM_FOLDER : "";
			Map<String, UnpackedFile> rooted = new HashMap<>();
			this.files.forEach((path, file) -> {
				if (path.startsWith(root)) {
					rooted.put(path.substring(root.length()), file);
				}
				else {
					refuse(path, "must be below package/, where manifest.json is");
				}
			});
			@Nullable UnpackedFile manifest = rooted.remove(MANIFEST);
			return new UnpackedBundle((manifest != null) ? manifest.file() : null, rooted, this.findings);
		}

	}

}
