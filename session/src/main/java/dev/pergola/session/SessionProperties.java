package dev.pergola.session;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the portal session.
 *
 * @param enabled Whether sign-in and sessions are set up.
 * @param behindEdge Whether a bff in front holds the session: nobody signs in here, and
 * every call brings an access token.
 * @param registration OAuth 2 client registration people sign in with.
 * @param publicOrigin Origin people open in the browser, without a path.
 * @param maxSessions Number of sessions kept in memory at once.
 * @param cookie Session cookie.
 * @param lifetime How long a session lasts.
 * @param claims Names of the claims a principal is read from.
 * @param login Sign-ins that have begun.
 * @param refresh Refresh of access tokens.
 */
@Validated
@ConfigurationProperties("pergola.session")
public record SessionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean behindEdge,
		@DefaultValue("pergola") @NotBlank String registration, @DefaultValue("http://localhost:8080") URI publicOrigin,
		@DefaultValue("10000") @Positive int maxSessions, @DefaultValue Cookie cookie, @DefaultValue Lifetime lifetime,
		@DefaultValue ClaimNames claims, @DefaultValue @Valid Login login, @DefaultValue @Valid Refresh refresh) {

	public SessionProperties {
		if (publicOrigin.getHost() == null || !publicOrigin.toString().equals(origin(publicOrigin))) {
			throw new IllegalArgumentException(
					"public-origin: %s (expected: scheme, host and port only, such as https://portal.example.com)"
						.formatted(publicOrigin));
		}
		boolean http = "http".equals(publicOrigin.getScheme());
		if (http && cookie.secure() && !loopback(publicOrigin.getHost())) {
			throw new IllegalArgumentException(
					"public-origin: %s (expected: https, as browsers keep secure cookies from plain http)"
						.formatted(publicOrigin));
		}
		if (!http && !cookie.secure()) {
			throw new IllegalArgumentException("cookie.secure: false (expected: true, as the public origin is https)");
		}
	}

	private static String origin(URI uri) {
		return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() != -1) ? ":" + uri.getPort() : "");
	}

	private static boolean loopback(String host) {
		try {
			return host.equals("localhost") || host.endsWith(".localhost")
					|| (host.matches("[0-9.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress());
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * Settings of the session cookie.
	 *
	 * @param name Name of the cookie.
	 * @param secure Whether the browser sends it over https (and to localhost) only.
	 * @param sameSite When the browser sends it on requests from other sites.
	 */
	public record Cookie(@DefaultValue("__Host-pergola") String name, @DefaultValue("true") boolean secure,
			@DefaultValue("strict") SameSite sameSite) {

		public Cookie {
			if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
				throw new IllegalArgumentException(
						"cookie.name: %s (expected: letters, digits, - and _)".formatted(name));
			}
			if (!secure && (name.startsWith("__Host-") || name.startsWith("__Secure-"))) {
				throw new IllegalArgumentException(
						"cookie.secure: false (expected: true, as browsers refuse %s otherwise)".formatted(name));
			}
		}

		/**
		 * Name of the cookie that ties a begun sign-in to the browser.
		 * @return the session cookie's name and {@code -login}
		 */
		public String loginName() {
			return this.name + "-login";
		}

	}

	/**
	 * Values of the cookie attribute of that name; {@code None} is not among them.
	 */
	public enum SameSite {

		/** Never sent on requests from other sites. */
		STRICT,

		/** Sent on top-level navigations from other sites. */
		LAX

	}

	/**
	 * How long a session lasts.
	 *
	 * @param idle Time without a request after which a session ends.
	 * @param absolute Time after sign-in at which a session ends in any case; at most the
	 * lifetime of the provider's refresh tokens.
	 */
	public record Lifetime(@DefaultValue("2h") Duration idle, @DefaultValue("12h") Duration absolute) {

		public Lifetime {
			if (!idle.isPositive() || idle.compareTo(absolute) > 0) {
				throw new IllegalArgumentException(
						"lifetime.idle: %s (expected: more than nothing, at most lifetime.absolute %s)".formatted(idle,
								absolute));
			}
		}

	}

	/**
	 * Sign-ins that have begun.
	 *
	 * @param timeout Time a person has to sign in at the provider.
	 * @param maxPending Number of begun sign-ins kept at once; the oldest are dropped.
	 * @param maxPendingPerBrowser Number of begun sign-ins of one browser kept at once.
	 * @param maxPendingPerAddress Number of begun sign-ins from one IP address, or one
	 * block of 64 bits of IPv6, kept at once.
	 */
	public record Login(@DefaultValue("10m") Duration timeout, @DefaultValue("10000") @Positive int maxPending,
			@DefaultValue("5") @Positive int maxPendingPerBrowser,
			@DefaultValue("1000") @Positive int maxPendingPerAddress) {

	}

	/**
	 * Refresh of access tokens.
	 *
	 * @param early Time before expiry at which an access token counts as expired.
	 * @param timeout Time the token endpoint has to answer.
	 * @param maxWait Time a request waits for a refresh, its own or another's.
	 */
	public record Refresh(@DefaultValue("30s") Duration early, @DefaultValue("5s") Duration timeout,
			@DefaultValue("8s") Duration maxWait) {

	}

}
