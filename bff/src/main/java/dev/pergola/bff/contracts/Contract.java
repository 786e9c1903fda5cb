package dev.pergola.bff.contracts;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.manifests.openapi.DescriptionReader;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What one version of a module says of its service: OpenAPI 3.0 or 3.1. */
final class Contract {

	private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}/]+)}");

	private static final DescriptionReader READER = new DescriptionReader();

	private final List<Path> paths;

	private final List<String> bases;

	private Contract(List<Path> paths, List<String> bases) {
		this.paths = List.copyOf(paths);
		this.bases = List.copyOf(bases);
	}

	/**
	 * Reads a description.
	 * @param bytes JSON or YAML
	 * @throws UnreadableDescriptionException when no call can be held against it
	 */
	static Contract read(byte[] bytes) throws UnreadableDescriptionException {
		Place root = Place.of(READER.read(bytes));
		try {
			Schemas schemas = new Schemas(root.node());
			List<Path> paths = new ArrayList<>();
			for (String template : root.at("paths").names()) {
				paths.add(Path.read(template, root.at("paths").at(template), schemas));
			}
			paths.sort(Comparator.comparing(Path::pattern));
			return new Contract(paths, bases(root));
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new UnreadableDescriptionException("cannot be used: " + ex.getClass().getSimpleName());
		}
	}

	/**
	 * The operation a request asks for.
	 * @param path at the service, as it was sent
	 */
	Optional<Match> find(String method, String path) {
		for (String base : this.bases) {
			if (path.startsWith(base)) {
				PathContainer container = PathContainer.parsePath(path.substring(base.length()));
				for (Path each : this.paths) {
					PathPattern.PathMatchInfo found = each.pattern().matchAndExtract(container);
					Operation operation = (found != null) ? each.operation(method) : null;
					if (operation != null && found != null) {
						return Optional.of(new Match(operation, each.names(found.getUriVariables())));
					}
				}
			}
		}
		return Optional.empty();
	}

	// Addresses of servers may have a path, which those below do not repeat.
	private static List<String> bases(Place root) {
		List<String> bases = new ArrayList<>();
		for (Place server : root.at("servers").items()) {
			String url = server.node().path("url").asString("").replaceAll("\\{[^{}]*}", "x");
			String path = URI.create(url).getRawPath();
			String base = (path != null && path.endsWith("/")) ? path.substring(0, path.length() - 1) : path;
			if (base != null && !base.isEmpty()) {
				bases.add(base);
			}
		}
		bases.add("");
		return bases;
	}

	/**
	 * An operation, and the values in the path.
	 *
	 * @param parameters by name, decoded
	 */
	record Match(Operation operation, Map<String, String> parameters) {

	}

	/**
	 * A path of the description.
	 *
	 * @param variables names of its parameters, in order; the pattern has its own, as
	 * these may be no names in Java
	 */
	private record Path(PathPattern pattern, List<String> variables, Map<String, Operation> operations) {

		static Path read(String template, Place place, Schemas schemas) {
			List<String> variables = new ArrayList<>();
			StringBuilder pattern = new StringBuilder();
			Matcher matcher = PLACEHOLDER.matcher(template);
			while (matcher.find()) {
				matcher.appendReplacement(pattern, "{p" + variables.size() + "}");
				variables.add(matcher.group(1));
			}
			matcher.appendTail(pattern);
			Map<String, Operation> operations = new HashMap<>();
			for (String method : METHODS) {
				if (place.at(method).exists()) {
					operations.put(method, Operation.read(place.at(method), place.at("parameters"), schemas));
				}
			}
			return new Path(PathPatternParser.defaultInstance.parse(pattern.toString()), variables, operations);
		}

		@Nullable Operation operation(String method) {
			String name = method.toLowerCase(Locale.ROOT);
			return name.equals("head") ? this.operations.getOrDefault("head", this.operations.get("get"))
					: this.operations.get(name);
		}

		Map<String, String> names(Map<String, String> values) {
			Map<String, String> named = new HashMap<>();
			for (int i = 0; i < this.variables.size(); i++) {
				named.put(this.variables.get(i), values.getOrDefault("p" + i, ""));
			}
			return named;
		}

	}

}
