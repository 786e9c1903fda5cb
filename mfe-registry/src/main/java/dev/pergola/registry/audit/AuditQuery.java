package dev.pergola.registry.audit;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions of SQL. Only conditions that matter are in it, so that the
 * database can use its indexes.
 */
final class AuditQuery {

	/** What is about a team and no module. */
	private static final String OF_TEAM = """
			(module in (select name from module where team = :team)
				or left(subject, char_length(:tokens)) = :tokens
				or (module is null and (subject = :team or left(subject, char_length(:below)) = :below)
					and (action like 'team.%' or action like 'names.%' or action like 'member.%'
						or action like 'token.%' or action like 'publisher.%')))
			""";

	private final StringBuilder conditions = new StringBuilder("id < :before");

	private final Map<String, Object> parameters = new LinkedHashMap<>();

	AuditQuery(AuditFilter filter) {
		add("module = :module", "module", filter.module());
		add("actor = :actor", "actor", filter.actor());
		add("left(action, char_length(:action)) = :action", "action", filter.action());
		add("written_at >= :from", "from", (filter.from() != null) ? filter.from().atOffset(ZoneOffset.UTC) : null);
		add("written_at < :to", "to", (filter.to() != null) ? filter.to().atOffset(ZoneOffset.UTC) : null);
		add("revision = :revision", "revision", filter.revision());
		add("position(lower(:text) in lower(subject)) > 0", "text", filter.text());
		if (filter.team() != null) {
			add(OF_TEAM, "team", filter.team());
			this.parameters.put("below", filter.team() + "/");
			this.parameters.put("tokens", "team %s, ".formatted(filter.team()));
		}
	}

	String conditions() {
		return this.conditions.toString();
	}

	Map<String, Object> parameters() {
		return this.parameters;
	}

	private void add(String condition, String name, @Nullable Object value) {
		if (value != null) {
			this.conditions.append(" and ").append(condition);
			this.parameters.put(name, value);
		}
	}

}
