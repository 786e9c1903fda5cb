package dev.pergola.standalone.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Files the samples bring along on the class path, under {@code samples/<name>/}.
 */
final class SampleFiles {

	private static final PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();

	private SampleFiles() {
	}

	/**
	 * Files below a folder.
	 * @param folder folder on the class path, such as {@code samples/deals/module/}
	 * @return files by their path below the folder, in the order of their names
	 */
	static Map<String, Resource> below(String folder) {
		try {
			Map<String, Resource> files = new TreeMap<>();
			for (Resource resource : resolver.getResources("classpath*:" + folder + "**")) {
				URL url = resource.getURL();
				String text = url.toString();
				if (!text.endsWith("/") && !text.contains("__pycache__") && isFile(resource)) {
					files.put(text.substring(text.lastIndexOf(folder) + folder.length()), resource);
				}
			}
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A bundle as a team would upload it.
	 * @param files files by path
	 * @return a zip archive
	 */
	static byte[] zip(Map<String, Resource> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, Resource> file : files.entrySet()) {
				zip.putNextEntry(new ZipEntry(file.getKey()));
				zip.write(file.getValue().getContentAsByteArray());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Copies files that programs need out of the class path, over those of an earlier
	 * start.
	 * @param folder folder on the class path
	 * @param target folder to copy to
	 */
	static void unpack(String folder, Path target) {
		below(folder).forEach((path, resource) -> {
			Path file = target.resolve(path);
			try (InputStream content = resource.getInputStream()) {
				if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), resource.getContentAsByteArray())) {
					Files.createDirectories(file.getParent());
					Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static boolean isFile(Resource resource) throws IOException {
		return !resource.isFile() || Files.isRegularFile(resource.getFilePath());
	}

}
