package dev.pergola.registry.archive;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.testing.Bundles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Archives as attackers make them.
 */
@Tag("registry-3")
class UnpackerTests {

	private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

	private final Unpacker unpacker = new Unpacker(new ArchiveLimits(DataSize.ofMegabytes(4), 20, 4, 100));

	@TempDir
	private Path folder;

	@Test
	void unpacksWhatNpmPacks() {
		UnpackedBundle bundle = tar(Map.of("package/manifest.json", CONTENT, "package/chunks/a.js", CONTENT));
		assertThat(bundle.findings()).isEmpty();
		assertThat(bundle.manifest()).hasBinaryContent(CONTENT);
		assertThat(bundle.files()).containsOnlyKeys("chunks/a.js");
		assertThat(bundle.files().get("chunks/a.js").sizeBytes()).isEqualTo(CONTENT.length);
	}

	@Test
	void unpacksWhatLiesAtTheRoot() {
		UnpackedBundle bundle = tar(Map.of("./manifest.json", CONTENT, "./a.js", CONTENT));
		assertThat(bundle.findings()).isEmpty();
		assertThat(bundle.files()).containsOnlyKeys("a.js");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil.js", "a/../../evil.js", "/etc/evil.js", "C:/evil.js", "a\\..\\evil.js", "a//b.js",
			"a/./b.js", "a/b/c/d/e.js", "a\u0007.js", "e\u0301.js", ".." })
	void refusesNamesThatLeadElsewhere(String name) throws IOException {
		assertThat(refused(archive(Map.of(name, CONTENT), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
		assertThat(refused(archive(Map.of(name, CONTENT), true), ArchiveFormat.ZIP)).hasSize(1);
		try (Stream<Path> files = Files.walk(this.folder)) {
			assertThat(files.map((path) -> path.getFileName().toString())).noneMatch((file) -> file.contains("evil"));
		}
	}

	@ParameterizedTest
	@ValueSource(bytes = { TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK,
			TarConstants.LF_FIFO })
	void refusesLinksAndDevicesInTar(byte type) {
		byte[] archive = Bundles.tar((tar) -> {
			TarArchiveEntry entry = new TarArchiveEntry("link.js", type);
			entry.setLinkName("/etc/passwd");
			tar.putArchiveEntry(entry);
			tar.closeArchiveEntry();
		});
		assertThat(refused(archive, ArchiveFormat.TAR_GZIP)).singleElement()
			.satisfies((finding) -> assertThat(finding.pointer()).isEqualTo("/files/link.js"));
	}

	@Test
	void refusesLinksInZip() {
		byte[] archive = zip((zip) -> {
			ZipArchiveEntry entry = new ZipArchiveEntry("link.js");
			entry.setUnixMode(UnixStat.LINK_FLAG | 0777);
			zip.putArchiveEntry(entry);
			zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
			zip.closeArchiveEntry();
		});
		assertThat(refused(archive, ArchiveFormat.ZIP)).hasSize(1);
	}

	@Test
	void refusesNamesThatComeTwice() {
		assertThat(refused(Bundles.tar((tar) -> {
			Bundles.add(tar, new TarArchiveEntry("a.js"), CONTENT);
			Bundles.add(tar, new TarArchiveEntry("a.js"), "other".getBytes(StandardCharsets.UTF_8));
		}), ArchiveFormat.TAR_GZIP)).extracting(Finding::message).containsExactly("files.a.js: is in the bundle twice");
		assertThat(refused(zip((zip) -> {
			for (int i = 0; i < 2; i++) {
				zip.putArchiveEntry(new ZipArchiveEntry("a.js"));
				zip.closeArchiveEntry();
			}
		}), ArchiveFormat.ZIP)).hasSize(1);
	}

	@Test
	void refusesNamesThatDifferOnlyInCase() {
		assertThat(refused(archive(ordered("a.js", "A.js"), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
		assertThat(refused(archive(ordered("lib/a.js", "LIB/b.js"), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
		assertThat(refused(archive(ordered("stra\u00dfe.js", "STRASSE.js"), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
	}

	@Test
	void refusesANameThatIsFileAndFolder() {
		assertThat(refused(archive(ordered("a", "a/b.js"), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
		assertThat(refused(archive(ordered("a/b.js", "a"), false), ArchiveFormat.TAR_GZIP)).hasSize(1);
	}

	@Test
	void listsEveryNameItRefuses() {
		assertThat(refused(archive(ordered("../a.js", "/b.js", "c.js"), false), ArchiveFormat.TAR_GZIP)).hasSize(2);
	}

	@Test
	void stopsAtABombOfZeros() {
		byte[] zeros = new byte[3 * 1024 * 1024];
		for (boolean zip : new boolean[] { false, true }) {
			byte[] archive = archive(Map.of("zeros.js", zeros), zip);
			assertThat(archive.length).isLessThan(zeros.length / 100);
			assertThatExceptionOfType(BundleTooLargeException.class)
				.isThrownBy(() -> unpack(archive, zip ? ArchiveFormat.ZIP : ArchiveFormat.TAR_GZIP))
				.withMessageContaining("compressed size");
		}
	}

	@Test
	void stopsAtABombInARefusedEntry() {
		byte[] archive = archive(Map.of("../zeros.js", new byte[3 * 1024 * 1024]), false);
		assertThatExceptionOfType(BundleTooLargeException.class)
			.isThrownBy(() -> unpack(archive, ArchiveFormat.TAR_GZIP));
	}

	@Test
	void stopsAtTooManyFiles() {
		Map<String, byte[]> files = new LinkedHashMap<>();
		for (int i = 0; i < 21; i++) {
			files.put(i + ".js", CONTENT);
		}
		assertThatExceptionOfType(BundleTooLargeException.class)
			.isThrownBy(() -> unpack(archive(files, true), ArchiveFormat.ZIP));
	}

	/** Bytes on the heap, not only the answer, are what must stay small. */
	@Test
	void countsAHundredThousandEntriesInBoundedMemory() {
		Map<String, byte[]> files = new LinkedHashMap<>();
		for (int i = 0; i < 100_000; i++) {
			files.put(Integer.toString(i), new byte[0]);
		}
		for (ArchiveFormat format : ArchiveFormat.values()) {
			byte[] archive = archive(files, format == ArchiveFormat.ZIP);
			assertThat(allocatedBytes(() -> assertThatExceptionOfType(BundleTooLargeException.class)
				.isThrownBy(() -> unpack(archive, format))
				.withMessageContaining("more than 20 files"))).isLessThan(8L * 1024 * 1024);
		}
	}

	@Test
	void stopsAtANameThatDoesNotEnd() {
		byte[] name = new byte[2 * 1024 * 1024];
		Arrays.fill(name, (byte) 'n');
		byte[] record = "2097152 path=".getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(record, 0, name, 0, record.length);
		for (byte type : new byte[] { TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC }) {
			byte[] archive = Bundles.tar((tar) -> {
				Bundles.add(tar, new TarArchiveEntry("a.js"), incompressible());
				Bundles.add(tar, new TarArchiveEntry("././@LongLink", type), name);
				Bundles.add(tar, new TarArchiveEntry("b.js"), CONTENT);
			});
			assertThatExceptionOfType(BundleTooLargeException.class)
				.isThrownBy(() -> unpack(archive, ArchiveFormat.TAR_GZIP))
				.withMessageContaining("header");
		}
	}

	/** So that the archive may expand. */
	private static byte[] incompressible() {
		byte[] bytes = new byte[128 * 1024];
		new Random(1).nextBytes(bytes);
		return bytes;
	}

	private static long allocatedBytes(Runnable work) {
		var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		work.run();
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	@Test
	void refusesWhatIsNoArchive() {
		byte[] tar = archive(Map.of("a.js", CONTENT), false);
		byte[] cut = Arrays.copyOf(tar, tar.length / 2);
		for (byte[] bytes : List.of(CONTENT, new byte[0], cut)) {
			for (ArchiveFormat format : ArchiveFormat.values()) {
				assertThatExceptionOfType(NotAnArchiveException.class).isThrownBy(() -> unpack(bytes, format));
			}
		}
	}

	private UnpackedBundle tar(Map<String, byte[]> files) {
		return unpack(archive(files, false), ArchiveFormat.TAR_GZIP);
	}

	private List<Finding> refused(byte[] archive, ArchiveFormat format) {
		return unpack(archive, format).findings();
	}

	private UnpackedBundle unpack(byte[] archive, ArchiveFormat format) {
		try {
			Path upload = Files.createTempFile(this.folder, "upload", "");
			Files.write(upload, archive);
			return this.unpacker.unpack(upload, format, Files.createTempDirectory(this.folder, "files"));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static Map<String, byte[]> ordered(String... names) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		for (String name : names) {
			files.put(name, CONTENT);
		}
		return files;
	}

	private static byte[] archive(Map<String, byte[]> files, boolean zip) {
		return zip ? Bundles.zip(files) : Bundles
			.tar((tar) -> files.forEach((name, content) -> Bundles.add(tar, new TarArchiveEntry(name, true), content)));
	}

	private static byte[] zip(ZipWriter writer) {
		java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
		try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
			writer.write(zip);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	@FunctionalInterface
	private interface ZipWriter {

		void write(ZipArchiveOutputStream zip) throws IOException;

	}

}
