package dev.pergola.shell.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody looks for in the audit.
 *
 * @param fields values of the form by name, only those that are filled in
 */
record AuditSearch(Map<String, String> fields) {

	private static final String[] NAMES = { "module", "team", "actor", "action", "text", "from", "to" };

	static AuditSearch of(ServerRequest request) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (String name : NAMES) {
			request.queryParam(name)
				.map(String::strip)
				.filter((text) -> !text.isEmpty())
				.ifPresent((text) -> fields.put(name, text));
		}
		return new AuditSearch(fields);
	}

	/** Placeholders for the registry, each after {@code &}. */
	String query() {
		return this.fields.keySet()
			.stream()
			.map((name) -> "&%1$s={%1$s}".formatted(name))
			.collect(Collectors.joining());
	}

	/** Values of the placeholders, in order. */
	Object[] values() {
		return this.fields.entrySet()
			.stream()
			.map((field) -> field.getKey().equals("from") || field.getKey().equals("to") ? instant(field.getValue())
					: field.getValue())
			.toArray();
	}

	/** An address with this search and one more field. */
	String link(String path, String name, String value) {
		UriComponentsBuilder link = UriComponentsBuilder.fromPath(path);
		this.fields.keySet().forEach((each) -> link.queryParam(each, "{" + each + "}"));
		Map<String, String> all = new LinkedHashMap<>(this.fields);
		all.put(name, value);
		return link.queryParam(name, "{" + name + "}").encode().buildAndExpand(all).toUriString();
	}

	/** Forms know dates and times without a zone; the page says that they are UTC. */
	private static String instant(String text) {
		if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
			return text + "T00:00:00Z";
		}
		return text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?") ? text + "Z" : text;
	}

}
