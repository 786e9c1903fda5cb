package dev.pergola.bff.compression;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Entity tags, those of compressed answers above all. A strong tag stands for the bytes
 * it came with (RFC 9110 section 8.8.1), so the compressed bytes get one of their own; it
 * is changed back before the upstream sees it, which knows its own only.
 */
public final class EntityTags {

	private static final String MARK = "--gz\"";

	private EntityTags() {
	}

	/** A strong tag of some bytes, with its quotes: the same for the same bytes. */
	public static String of(byte[] bytes) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
			return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The tag of the compressed bytes: a strong one gets a mark, a weak one needs none.
	 */
	static String marked(String tag) {
		return (tag.startsWith("\"") && tag.length() > 1 && tag.endsWith("\"") && !tag.endsWith(MARK))
				? tag.substring(0, tag.length() - 1) + MARK : tag;
	}

	static boolean isMarked(String tags) {
		return tags.contains(MARK);
	}

	/**
	 * The tag of an answer that is not modified: the one the browser knows it by.
	 * @param known value of {@code If-None-Match}
	 */
	static String ofNotModified(String known, String tag) {
		String marked = marked(tag);
		return known.contains(marked) ? marked : tag;
	}

	/**
	 * What the upstream knows them by.
	 * @param tags value of {@code If-None-Match} or {@code If-Match}
	 */
	public static String plain(String tags) {
		return isMarked(tags) ? tags.replace(MARK, "\"") : tags;
	}

}
