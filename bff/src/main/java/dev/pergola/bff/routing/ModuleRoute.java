package dev.pergola.bff.routing;

import java.net.URI;
import java.time.Duration;

import dev.pergola.bff.filter.CallRules;
import dev.pergola.bff.resilience.UpstreamGuard;
import io.netty.util.AsciiString;

/**
 * Where calls to one module go: what can be known before a call comes.
 *
 * @param team whose module it is
 * @param upstream address of the service, without a slash at the end
 * @param basePath path of that address, empty when it has none
 * @param host value of the header {@code Host} at that address
 * @param prefix start of the path that is left out
 * @param prefixValue the same as a value of a header
 * @param timeout time until the first byte of an answer
 * @param guard what each call has to pass
 * @param rules what calls may be
 */
public record ModuleRoute(String module, String team, URI upstream, String basePath, AsciiString host, String prefix,
		AsciiString prefixValue, Duration timeout, UpstreamGuard guard, CallRules rules) {

	/**
	 * Creates a route.
	 * @param upstream address of the service
	 */
	static ModuleRoute of(String module, String team, URI upstream, String prefix, Duration timeout,
			UpstreamGuard guard, CallRules rules) {
		String url = upstream.toString();
		URI base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
		return new ModuleRoute(module, team, base, base.getRawPath(), new AsciiString(base.getRawAuthority()), prefix,
				new AsciiString(prefix), timeout, guard, rules);
	}

	/**
	 * Path and query of a call at the upstream.
	 * @param uri path and query of the request
	 * @param pathEnd where the path ends in it
	 */
	public String target(String uri, int pathEnd) {
		String slash = (pathEnd == this.prefix.length()) ? "/" : "";
		return this.basePath + slash + uri.substring(this.prefix.length());
	}

}
