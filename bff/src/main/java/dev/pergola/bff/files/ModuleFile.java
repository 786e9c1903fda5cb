package dev.pergola.bff.files;

import dev.pergola.bff.compression.EntityTags;
import org.jspecify.annotations.Nullable;

/**
 * A file of a bundle, as it is and compressed once and for all.
 *
 * @param gzip the bytes compressed, {@code null} where that gains nothing
 * @param etag as it stands in the header, with quotes
 */
record ModuleFile(byte[] bytes, byte @Nullable [] gzip, String type, String etag) {

	/**
	 * Makes a file ready to be served; takes its time for a large one.
	 * @param path its name tells what it is
	 */
	static ModuleFile of(String path, byte[] bytes) {
		String type = FileTypes.of(path);
		return new ModuleFile(bytes, FileTypes.isText(type) ? Gzip.of(bytes) : null, type, EntityTags.of(bytes));
	}

	/** Tag of the compressed form: another representation has another tag. */
	String gzipEtag() {
		return this.etag.substring(0, this.etag.length() - 1) + "-gzip\"";
	}

	/** What it takes in memory, about. */
	int weight() {
		return this.bytes.length + ((this.gzip != null) ? this.gzip.length : 0);
	}

}
