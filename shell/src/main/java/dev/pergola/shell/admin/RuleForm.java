package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import tools.jackson.databind.JsonNode;

import org.springframework.util.MultiValueMap;

/**
 * What somebody filled in to give a person, tenant, role or group something of their own.
 *
 * @param kind {@code person}, {@code tenant}, {@code role} or {@code group}
 * @param name whom
 * @param gives {@code version:1.1.0} or {@code channel:canary}
 * @param nameComplaint what the registry says of whom, empty when nothing
 * @param givesComplaint what it says of what they get, empty when nothing
 */
record RuleForm(String kind, String name, String gives, String nameComplaint, String givesComplaint) {

	/** An empty form. */
	static final RuleForm EMPTY = new RuleForm("person", "", "", "", "");

	private static final List<String> KINDS = List.of("person", "tenant", "role", "group");

	static RuleForm of(MultiValueMap<String, String> fields) {
		String kind = Console.field(fields, "kind");
		return new RuleForm(KINDS.contains(kind) ? kind : EMPTY.kind, Console.field(fields, "name"),
				Console.field(fields, "gives"), "", "");
	}

	/**
	 * Body for the registry: shares as they are, and the rule in the place of the one for
	 * the same name, else last.
	 * @param stable channel {@code stable} now
	 */
	Map<String, Object> added(JsonNode stable) {
		List<Object> rules = new ArrayList<>(stable.path("overrides").valueStream().toList());
		int place = place(stable);
		if (place < rules.size()) {
			rules.set(place, rule());
		}
		else {
			rules.add(rule());
		}
		return body(stable, rules);
	}

	/** The same without the rule. */
	Map<String, Object> removed(JsonNode stable) {
		return body(stable, stable.path("overrides").valueStream().filter((rule) -> !isFor(rule)).toList());
	}

	/** The form with what the registry says of its fields. */
	RuleForm with(ServiceAnswer refusal, JsonNode stable) {
		String here = "/overrides/" + place(stable);
		List<String> ofName = new ArrayList<>();
		List<String> ofGives = new ArrayList<>();
		for (JsonNode finding : refusal.body().path("findings")) {
			String pointer = finding.path("pointer").asString("");
			// The field says where.
			String message = finding.path("message").asString("").replaceFirst("^overrides\\[\\d+](\\.\\w+)?: ", "");
			if (pointer.equals(here + "/version") || pointer.equals(here + "/channel")) {
				ofGives.add(message);
			}
			else if (pointer.equals(here) || pointer.startsWith(here + "/")) {
				ofName.add(message);
			}
		}
		return new RuleForm(this.kind, this.name, this.gives, String.join("; ", ofName), String.join("; ", ofGives));
	}

	private int place(JsonNode stable) {
		int place = 0;
		for (JsonNode rule : stable.path("overrides")) {
			if (isFor(rule)) {
				return place;
			}
			place++;
		}
		return place;
	}

	private boolean isFor(JsonNode rule) {
		return rule.path(this.kind).asString("").equals(this.name);
	}

	private Map<String, String> rule() {
		Map<String, String> rule = new LinkedHashMap<>();
		rule.put(this.kind, this.name);
		int colon = this.gives.indexOf(':');
		if (colon > 0) {
			rule.put(this.gives.startsWith("channel:") ? "channel" : "version", this.gives.substring(colon + 1));
		}
		return rule;
	}

	private static Map<String, Object> body(JsonNode stable, List<?> rules) {
		return Map.of("rollout", stable.path("rollout").valueStream().toList(), "overrides", rules);
	}

}
