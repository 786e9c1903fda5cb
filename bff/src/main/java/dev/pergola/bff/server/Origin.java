package dev.pergola.bff.server;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as a trusted proxy says.
 *
 * @param client address of the client; the proxy's own when it named none
 * @param scheme {@code http} or {@code https}, {@code null} when it named none
 * @param host name and maybe port, {@code null} when it named none
 */
public record Origin(InetSocketAddress client, @Nullable String scheme, @Nullable String host) {

}
