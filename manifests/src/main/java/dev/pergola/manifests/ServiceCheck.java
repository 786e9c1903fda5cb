package dev.pergola.manifests;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import tools.jackson.core.JacksonException;

/** The upstream, agents, and what needs an upstream. */
final class ServiceCheck {

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private ServiceCheck() {
	}

	static void check(Field root, Findings findings) {
		Field upstream = root.at("upstream");
		checkUrl(upstream.at("url"), findings);
		Duplicates ids = new Duplicates(findings);
		for (Field agent : root.at("agents").items()) {
			ids.addText(agent.at("id"));
			checkAgent(agent, findings);
		}
		String reason = needsUpstream(root);
		if (!upstream.exists() && !reason.isEmpty()) {
			findings.add(upstream.pointer(), "is missing, and %s".formatted(reason));
		}
	}

	private static void checkAgent(Field agent, Findings findings) {
		if (!agent.node().isObject()) {
			return;
		}
		boolean hasRunner = agent.at("runner").exists();
		if (hasRunner == agent.at("http").exists()) {
			findings.add(agent.pointer(), "must have exactly one of runner and http");
		}
		Field path = agent.at("http").at("path");
		PathCheck.pattern(path, findings)
			.filter((pattern) -> !pattern.parameters().isEmpty())
			.ifPresent((pattern) -> findings.add(path.pointer(), "must not have parameters"));
		agent.at("http")
			.at("format")
			.text()
			.flatMap(ServiceCheck::format)
			.ifPresent((format) -> checkFormat(format, agent.at("http"), findings));
	}

	private static void checkFormat(AgentFormat format, Field http, Findings findings) {
		String name = http.at("format").text().orElse("");
		if (format.isOfModel() && !http.at("model").exists()) {
			findings.add(http.at("model").pointer(), "is missing, and %s asks for one".formatted(name));
		}
		if (!format.isOfModel()) {
			for (Field field : List.of(http.at("model"), http.at("maxTokens"))) {
				refuse(field, "must be left out when the format is %s".formatted(name), findings);
			}
		}
		if (!format.mayResume() && http.at("resumable").node().asBoolean(false)) {
			findings.add(http.at("resumable").pointer(), "streams of %s cannot be taken up again".formatted(name));
		}
	}

	private static void refuse(Field field, String why, Findings findings) {
		if (field.exists()) {
			findings.add(field.pointer(), why);
		}
	}

	private static Optional<AgentFormat> format(String name) {
		try {
			return Optional.of(ManifestJson.MAPPER.convertValue(name, AgentFormat.class));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String needsUpstream(Field root) {
		if (root.at("agents").items().stream().anyMatch((agent) -> agent.at("http").exists())) {
			return "an agent has http";
		}
		if (root.at("entry").at("format").is("fragment") && !root.at("pages").items().isEmpty()) {
			return "the format is fragment";
		}
		boolean asksItself = root.at("views")
			.items()
			.stream()
			.flatMap((view) -> view.at("parts").entries().values().stream())
			.anyMatch((part) -> !part.at("module").exists());
		return asksItself ? "a view asks it" : "";
	}

	private static void checkUrl(Field field, Findings findings) {
		field.text().ifPresent((text) -> {
			String problem = urlProblem(text);
			if (!problem.isEmpty()) {
				findings.add(field.pointer(), problem);
			}
		});
	}

	private static String urlProblem(String text) {
		try {
			URI url = new URI(text);
			String scheme = url.getScheme();
			if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || url.getHost() == null) {
				return "must start with http:// or https:// and a host";
			}
			if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
				return "must not have a user, a query or a fragment";
			}
			boolean isPlain = url.getRawPath().isEmpty()
					|| url.getRawPath().matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");
			return isPlain ? "" : "has a path that is not plain (expected: letters, digits and ._~-)";
		}
		catch (URISyntaxException ex) {
			return "%s is not an address: %s".formatted(Quoted.of(text), ex.getReason());
		}
	}

}
