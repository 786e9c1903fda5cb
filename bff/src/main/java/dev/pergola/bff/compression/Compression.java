package dev.pergola.bff.compression;

import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Says of an answer whether it is compressed; one rule for both ways through the bff.
 * Streams are none of it, nor parts of an answer, nor what its sender wants left alone.
 */
public final class Compression {

	private final boolean enabled;

	private final long minSize;

	private final int level;

	private final Set<String> types;

	public Compression(CompressionProperties properties) {
		this.enabled = properties.enabled();
		this.minSize = properties.minSize().toBytes();
		this.level = properties.level();
		this.types = properties.types();
	}

	/** From 1, fastest, to 9, smallest. */
	public int level() {
		return this.level;
	}

	/**
	 * Decides, and sets the headers that go with it, but for {@code Content-Encoding} and
	 * {@code Content-Length}.
	 * @param request headers of the browser's request
	 * @param isHead whether the answer comes without its body
	 * @param status status of the answer
	 * @param response headers of the answer, which are changed
	 * @return whether the body has to be compressed with gzip
	 */
	public boolean prepare(HttpHeaders request, boolean isHead, int status, HttpHeaders response) {
		if (!this.enabled || isHead) {
			return false;
		}
		if (status == 304) {
			keepMark(request, response);
			return false;
		}
		if (status < 200 || status == 204 || status == 206 || !isCompressible(response)) {
			return false;
		}
		vary(response);
		if (!AcceptEncoding.takesGzip(request.getAll(HttpHeaderNames.ACCEPT_ENCODING))) {
			return false;
		}
		String tag = response.get(HttpHeaderNames.ETAG);
		if (tag != null) {
			response.set(HttpHeaderNames.ETAG, EntityTags.marked(tag));
		}
		// Parts of compressed bytes cannot be asked for.
		response.remove(HttpHeaderNames.ACCEPT_RANGES);
		return true;
	}

	private static void keepMark(HttpHeaders request, HttpHeaders response) {
		String known = request.get(HttpHeaderNames.IF_NONE_MATCH);
		String tag = response.get(HttpHeaderNames.ETAG);
		if (known != null && tag != null) {
			response.set(HttpHeaderNames.ETAG, EntityTags.ofNotModified(known, tag));
		}
	}

	private boolean isCompressible(HttpHeaders response) {
		return isType(response.get(HttpHeaderNames.CONTENT_TYPE)) && isLarge(response)
				&& !response.contains(HttpHeaderNames.CONTENT_ENCODING)
				&& !response.contains(HttpHeaderNames.CONTENT_RANGE)
				&& !response.containsValue(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_TRANSFORM, true);
	}

	private boolean isType(@Nullable String contentType) {
		if (contentType == null) {
			return false;
		}
		int parameters = contentType.indexOf(';');
		String type = (parameters < 0) ? contentType : contentType.substring(0, parameters);
		return this.types.contains(type) || this.types.contains(type.strip().toLowerCase(Locale.ROOT));
	}

	private boolean isLarge(HttpHeaders response) {
		String length = response.get(HttpHeaderNames.CONTENT_LENGTH);
		try {
			return length == null || Long.parseLong(length) >= this.minSize;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private static void vary(HttpHeaders response) {
		if (!response.containsValue(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING, true)
				&& !response.containsValue(HttpHeaderNames.VARY, "*", true)) {
			response.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
		}
	}

}
