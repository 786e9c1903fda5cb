package dev.pergola.bff.accesslog;

import java.net.InetSocketAddress;
import java.time.Instant;

import dev.pergola.bff.metrics.Outcome;
import dev.pergola.bff.metrics.RouteKind;
import org.jspecify.annotations.Nullable;

/**
 * One finished request. It has no place for a query, a header, a cookie or a body.
 *
 * @param at when it came
 * @param path as it was sent, without the query
 * @param status of HTTP, 0 where none was sent
 * @param module from the catalog, or {@code none}
 * @param team from the catalog, or {@code none}
 * @param version of the module, where the path names it
 * @param nanos from its arrival to the end of the answer
 * @param upstreamNanos until the upstream began to answer, negative for no upstream
 * @param subject whoever called, as the identity provider names them
 * @param client program that called, {@code browser} for a session
 * @param problem type of the problem that was answered here
 */
public record AccessEntry(Instant at, String traceId, String method, String path, int status, RouteKind kind,
		String module, String team, @Nullable String version, long nanos, long upstreamNanos, long bytesIn,
		long bytesOut, @Nullable String subject, @Nullable String client, @Nullable InetSocketAddress peer,
		String protocol, Outcome outcome, @Nullable String problem) {

}
