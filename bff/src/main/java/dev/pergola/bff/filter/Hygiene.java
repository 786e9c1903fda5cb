package dev.pergola.bff.filter;

import java.net.URI;
import java.util.List;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The rules for headers between clients and upstreams, for whoever has no exchange: one
 * header at a time.
 */
public final class Hygiene {

	private Hygiene() {
	}

	/** Whether an upstream may see a header of the client. */
	public static boolean passesUp(CharSequence name) {
		return !RequestHygiene.DROPPED.contains(name);
	}

	/** Whether the client may see a header of an upstream. */
	public static boolean passesDown(CharSequence name) {
		return !ResponseHygiene.DROPPED.contains(name);
	}

	/**
	 * Takes away the headers a message says are for its own connection, at its other end.
	 * @param connection values of its header {@code Connection}
	 */
	public static void dropListed(HttpHeaders headers, List<String> connection) {
		Set<String> listed = HeaderNames.ofConnection(connection);
		for (String name : headers.names()) {
			if (listed.contains(HeaderNames.plain(name))) {
				headers.remove(name);
			}
		}
	}

	/**
	 * The address an upstream named, as the browser may see it.
	 * @return path and query; {@code null} when it leads elsewhere
	 */
	public static @Nullable String local(String location, URI upstream) {
		return ResponseHygiene.local(location, upstream);
	}

	/**
	 * {@code Cache-Control} that keeps a signed-in person's answer out of shared caches.
	 */
	public static String keptPrivate(String cacheControl) {
		return ResponseHygiene.keptPrivate(cacheControl);
	}

}
