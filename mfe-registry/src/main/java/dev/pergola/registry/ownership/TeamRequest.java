package dev.pergola.registry.ownership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;

/**
 * What administrators write about a team.
 *
 * @param contact where to reach its people
 * @param hosts hosts its upstreams may be at: a name, a name with a port, or
 * {@code *.example.com}
 */
record TeamRequest(@Nullable String contact, @Nullable List<String> hosts) {

	private static final int MAX_CONTACT = 255;

	private static final int MAX_HOSTS = 100;

	private static final Pattern HOST = Pattern
		.compile("(?:\\*\\.)?[a-z0-9](?:[a-z0-9.-]{0,240}[a-z0-9])?(?<port>:[1-9][0-9]{0,4})?");

	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		if (this.contact != null && (this.contact.isBlank() || this.contact.length() > MAX_CONTACT
				|| this.contact.chars().anyMatch(Character::isISOControl))) {
			findings.add(Findings.at("/contact", "must be 1 to %d printable characters".formatted(MAX_CONTACT)));
		}
		List<String> wanted = distinctHosts();
		if (wanted.size() > MAX_HOSTS) {
			findings.add(Findings.at("/hosts", "must not be more than %d".formatted(MAX_HOSTS)));
		}
		for (int i = 0; i < wanted.size(); i++) {
			if (!isHost(wanted.get(i))) {
				findings.add(Findings.at("/hosts/" + i, "must be a host, a host:port or *.example.com"));
			}
		}
		return findings;
	}

	/** Lower case, each once. */
	List<String> distinctHosts() {
		return (this.hosts != null)
				? List.copyOf(
						new LinkedHashSet<>(this.hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList()))
				: List.of();
	}

	private static boolean isHost(String text) {
		var matcher = HOST.matcher(text);
		return matcher.matches() && (matcher.group("port") == null || !text.startsWith("*."));
	}

}
