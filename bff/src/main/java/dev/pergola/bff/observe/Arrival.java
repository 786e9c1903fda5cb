package dev.pergola.bff.observe;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when it comes.
 *
 * @param method of HTTP
 * @param path as it was sent, without the query
 * @param protocol such as {@code HTTP/1.1}
 * @param peer whoever opened the connection
 * @param traceparent header of that name
 * @param tracestate header of that name
 */
public record Arrival(String method, String path, String protocol, @Nullable InetSocketAddress peer,
		@Nullable String traceparent, @Nullable String tracestate) {

}
