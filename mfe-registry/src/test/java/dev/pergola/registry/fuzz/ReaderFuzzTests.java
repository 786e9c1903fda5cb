package dev.pergola.registry.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pergola.manifests.ManifestPlaces;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import dev.pergola.registry.archive.ArchiveFormat;
import dev.pergola.registry.archive.ArchiveLimits;
import dev.pergola.registry.archive.BundleTooLargeException;
import dev.pergola.registry.archive.NotAnArchiveException;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.Unpacker;
import dev.pergola.registry.openapi.Description;
import dev.pergola.manifests.openapi.DescriptionReader;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.junit.jupiter.api.Tag;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers of what strangers send: whatever the bytes, they answer or refuse, within their
 * bounds. The build runs the seeds; {@code -Pfuzz} looks for more.
 */
@Tag("registry-3")
class ReaderFuzzTests {

	private final ManifestReader manifests = new ManifestReader();

	private final DescriptionReader descriptions = new DescriptionReader();

	private final Unpacker unpacker = new Unpacker(new ArchiveLimits(DataSize.ofMegabytes(2), 50, 8, 100));

	@FuzzTest(maxDuration = "1m")
	void manifest(byte[] bytes) {
		ManifestReading reading = this.manifests.read(bytes);
		assertThat(reading.manifest().isPresent()).isEqualTo(reading.findings().isEmpty());
		ManifestPlaces places = ManifestPlaces.of(bytes);
		reading.findings().forEach(places::locate);
	}

	@FuzzTest(maxDuration = "1m")
	void tar(byte[] bytes) throws IOException {
		unpack(bytes, ArchiveFormat.TAR_GZIP);
	}

	@FuzzTest(maxDuration = "1m")
	void zip(byte[] bytes) throws IOException {
		unpack(bytes, ArchiveFormat.ZIP);
	}

	@FuzzTest(maxDuration = "1m")
	void openapi(byte[] bytes) {
		try {
			Description description = new Description(this.descriptions.read(bytes));
			assertThat(description.lossesWith(description)).isNotNull();
		}
		catch (UnreadableDescriptionException ex) {
			assertThat(ex).hasMessageNotContaining("Exception");
		}
	}

	/** A name may have dots, as many as it likes; only two alone lead up. */
	private static boolean leadsElsewhere(String path) {
		return path.startsWith("/") || List.of(path.split("/")).contains("..");
	}

	private void unpack(byte[] bytes, ArchiveFormat format) throws IOException {
		Path folder = Files.createTempDirectory("pergola-fuzz");
		try {
			Path upload = Files.write(folder.resolve("archive"), bytes);
			UnpackedBundle bundle = this.unpacker.unpack(upload, format,
					Files.createDirectory(folder.resolve("files")));
			assertThat(bundle.sizeBytes()).isLessThanOrEqualTo(DataSize.ofMegabytes(2).toBytes());
			assertThat(bundle.files().keySet()).noneMatch(ReaderFuzzTests::leadsElsewhere);
		}
		catch (NotAnArchiveException | BundleTooLargeException ex) {
			assertThat(ex).hasMessageNotContaining("Exception");
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

}
