package dev.pergola.shell.assets;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which scripts a script imports before it runs. A browser learns them one after another,
 * a round trip each; a page that names them all at once saves those.
 */
final class StaticImports {

	// Prettier puts the end of a longer import on a line of its own. "import(" is asked
	// for later.
	private static final Pattern IMPORT = Pattern.compile(
			"^(?:import\\b(?!\\()|(?:export\\b|\\}).*?\\bfrom\\b).*?[\"'](\\.{1,2}/[^\"']+)[\"']", Pattern.MULTILINE);

	private final Assets assets;

	private final Map<String, List<Asset>> known = new ConcurrentHashMap<>();

	StaticImports(Assets assets) {
		this.assets = assets;
	}

	List<Asset> of(Asset script) {
		return this.known.computeIfAbsent(script.path(), (path) -> find(script));
	}

	private List<Asset> find(Asset script) {
		Set<Asset> found = new LinkedHashSet<>();
		Deque<Asset> open = new ArrayDeque<>(List.of(script));
		while (!open.isEmpty()) {
			Asset next = open.remove();
			if (found.add(next)) {
				IMPORT.matcher(new String(next.bytes(), StandardCharsets.UTF_8))
					.results()
					.map((result) -> address(next, result))
					.forEach((path) -> this.assets.find(path).ifPresent(open::add));
			}
		}
		return List.copyOf(found);
	}

	private static String address(Asset from, MatchResult result) {
		return URI.create(from.path()).resolve(result.group(1)).getPath();
	}

}
