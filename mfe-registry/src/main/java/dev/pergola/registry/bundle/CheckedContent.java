package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.AbstractResource;

/**
 * Content that is checked against its hash while it is read.
 */
final class CheckedContent extends AbstractResource {

	private final ContentHash hash;

	private final long sizeBytes;

	private final Source source;

	CheckedContent(ContentHash hash, long sizeBytes, Source source) {
		this.hash = hash;
		this.sizeBytes = sizeBytes;
		this.source = source;
	}

	@Override
	public boolean exists() {
		return true;
	}

	@Override
	public long contentLength() {
		return this.sizeBytes;
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new CheckedStream(this.source.open(), this.hash);
	}

	@Override
	public String getDescription() {
		return "content " + this.hash.hex();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CheckedContent content && content.hash.equals(this.hash);
	}

	@Override
	public int hashCode() {
		return this.hash.hashCode();
	}

	/** Opens the bytes as they are stored. */
	@FunctionalInterface
	interface Source {

		InputStream open() throws IOException;

	}

}
