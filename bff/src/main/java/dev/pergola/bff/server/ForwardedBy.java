package dev.pergola.bff.server;

/**
 * Headers a proxy says with where a request came from. Only one kind is read: the other
 * may be the client's own, passed on by a proxy that does not know it.
 */
public enum ForwardedBy {

	/** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
	X_FORWARDED,
	/** {@code Forwarded}, RFC 7239. */
	FORWARDED

}
