package dev.pergola.bff.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/** Compression of files. */
final class Gzip {

	/** Below it a packet carries the file either way. */
	private static final int SMALL = 1024;

	private Gzip() {
	}

	/**
	 * Compresses as well as it goes: a file is compressed once and sent often.
	 * @return {@code null} where that gains less than a twentieth
	 */
	static byte @Nullable [] of(byte[] bytes) {
		if (bytes.length < SMALL) {
			return null;
		}
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 3);
		try (GZIPOutputStream out = new Best(compressed)) {
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return (compressed.size() < bytes.length - bytes.length / 20) ? compressed.toByteArray() : null;
	}

	private static final class Best extends GZIPOutputStream {

		Best(ByteArrayOutputStream out) throws IOException {
			super(out);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
