package dev.pergola.registry.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts bytes as they come out of a decompressor and stops at the bounds, so that a bomb
 * is noticed while it unfolds and not after.
 */
final class ExpansionMeter {

	/** Small archives may be as repetitive as they like. */
	private static final long RATIO_MATTERS_FROM_BYTES = 1024 * 1024;

	/** Longer than any name and its attributes; readers keep all of it in memory. */
	private static final long MAX_HEADER_BYTES = 256 * 1024;

	private final long maxBytes;

	private final long maxBytesByRatio;

	private long bytes;

	private long maxBytesOfHeader = Long.MAX_VALUE;

	ExpansionMeter(long uploadedBytes, ArchiveLimits limits) {
		this.maxBytes = limits.maxExpanded().toBytes();
		this.maxBytesByRatio = Math.max(RATIO_MATTERS_FROM_BYTES, uploadedBytes * limits.maxExpansion());
	}

	/** What follows describes an entry, until {@link #contentFollows()}. */
	void headerFollows() {
		this.maxBytesOfHeader = this.bytes + MAX_HEADER_BYTES;
	}

	void contentFollows() {
		this.maxBytesOfHeader = Long.MAX_VALUE;
	}

	InputStream metered(InputStream stream) {
		return new FilterInputStream(stream) {
			@Override
			public int read() throws IOException {
				int value = super.read();
				add((value >= 0) ? 1 : 0);
				return value;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				int count = super.read(buffer, offset, length);
				add(Math.max(count, 0));
				return count;
			}

			@Override
			public long skip(long count) throws IOException {
				long skipped = super.skip(count);
				add(skipped);
				return skipped;
			}
		};
	}

	private void add(long count) {
		this.bytes += count;
		if (this.bytes > this.maxBytes) {
			throw new BundleTooLargeException("expanded bundle is larger than %d bytes".formatted(this.maxBytes));
		}
		if (this.bytes > this.maxBytesOfHeader) {
			throw new BundleTooLargeException(
					"bundle has an entry with a header of more than %d bytes".formatted(MAX_HEADER_BYTES));
		}
		if (this.bytes > this.maxBytesByRatio) {
			throw new BundleTooLargeException("bundle expands to more than its compressed size allows");
		}
	}

}
