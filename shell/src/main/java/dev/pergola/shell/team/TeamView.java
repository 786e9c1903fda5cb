package dev.pergola.shell.team;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.shell.console.AuditLine;
import tools.jackson.databind.JsonNode;

/**
 * A team as the consoles show it. Lists are empty where the registry did not say.
 *
 * @param names reserved prefixes, by {@code paths}, {@code elements}, {@code navigation}
 * and {@code modules}
 */
public record TeamView(String team, String contact, List<String> hosts, List<String> settingsHosts,
		List<Member> members, Map<String, List<String>> names, List<Publisher> publishers, List<String> modules) {

	static TeamView of(String name, JsonNode team) {
		return new TeamView(name, text(team, "contact"), texts(team.path("hosts")), texts(team.path("settingsHosts")),
				team.path("members").valueStream().map(Member::of).toList(),
				List.of("paths", "elements", "navigation", "modules")
					.stream()
					.collect(Collectors.toMap((kind) -> kind, (kind) -> texts(team.path("names").path(kind)))),
				team.path("publishers").valueStream().map(Publisher::of).toList(), texts(team.path("modules")));
	}

	/** Reserved prefixes of a kind, one per line. */
	public String lines(String kind) {
		return String.join("\n", this.names.getOrDefault(kind, List.of()));
	}

	/** Hosts, one per line. */
	public String hostLines() {
		return String.join("\n", this.hosts);
	}

	private static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

	private static List<String> texts(JsonNode list) {
		return list.valueStream().map((each) -> each.asString("")).toList();
	}

	/** A person of the team. */
	public record Member(String subject, String at, String by) {

		static Member of(JsonNode member) {
			return new Member(text(member, "subject"), AuditLine.time(text(member, "addedAt")),
					text(member, "addedBy"));
		}

	}

	/**
	 * A CI identity that may publish for the team.
	 *
	 * @param claims {@code name=value}, may be empty
	 */
	public record Publisher(String id, String name, String issuer, String audience, String subject,
			List<String> claims) {

		static Publisher of(JsonNode publisher) {
			return new Publisher(text(publisher, "id"), text(publisher, "name"), text(publisher, "issuer"),
					text(publisher, "audience"), text(publisher, "subject"),
					publisher.path("claims")
						.properties()
						.stream()
						.map((claim) -> claim.getKey() + "=" + claim.getValue().asString(""))
						.sorted()
						.toList());
		}

	}

}
