package dev.pergola.registry.team;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of teams.
 *
 * @param teams What operators allow each team, by the team's name.
 * @param upstreams Address of a module's service in this environment, by the module's
 * name. It takes the place of the manifest's and is checked like it.
 * @param tokens Bounds of team tokens.
 */
@Validated
@ConfigurationProperties("pergola.registry")
public record TeamProperties(@DefaultValue Map<String, Team> teams, @DefaultValue Map<String, URI> upstreams,
		@DefaultValue Tokens tokens) {

	/**
	 * Whether an upstream of a team may be at an address.
	 * @param team name of the team
	 * @param url absolute address
	 * @return true when its host is on the team's list
	 */
	public boolean allows(String team, URI url) {
		return matchesAny(hosts(team), url);
	}

	/**
	 * Hosts that the settings give a team.
	 * @param team name of the team
	 * @return empty when the settings do not name it
	 */
	public List<String> hosts(String team) {
		Team allowed = this.teams.get(team);
		return (allowed != null) ? allowed.hosts() : List.of();
	}

	static boolean matchesAny(List<String> patterns, URI url) {
		String host = url.getHost();
		return host != null && patterns.stream().anyMatch((pattern) -> matches(pattern, host, url.getPort()));
	}

	/**
	 * Address of a module's service.
	 * @param declared address in the manifest, {@code null} for none
	 * @return what the operators set, else what the manifest declares
	 */
	public @Nullable URI upstream(String module, @Nullable URI declared) {
		return this.upstreams.getOrDefault(module, declared);
	}

	private static boolean matches(String pattern, String host, int port) {
		String wanted = pattern.toLowerCase(Locale.ROOT);
		String actual = host.toLowerCase(Locale.ROOT);
		if (wanted.startsWith("*.")) {
			return actual.endsWith(wanted.substring(1)) && actual.length() > wanted.length() - 1;
		}
		return wanted.equals(actual) || wanted.equals(actual + ":" + port);
	}

	/**
	 * What operators allow a team.
	 *
	 * @param hosts Hosts its upstreams may be at: a name, a name with a port, or
	 * {@code *.example.com} for every host below.
	 */
	public record Team(@DefaultValue List<String> hosts) {

	}

	/**
	 * Bounds of team tokens.
	 *
	 * @param lifetime Lifetime of a token whose request does not say.
	 * @param maxLifetime Longest lifetime a request may ask for.
	 * @param failuresPerMinute Failed uses of one address in a minute, after which they
	 * are answered 429 and no longer audited one by one.
	 */
	public record Tokens(@DefaultValue("90d") Duration lifetime, @DefaultValue("366d") Duration maxLifetime,
			@DefaultValue("10") @Positive int failuresPerMinute) {

	}

}
