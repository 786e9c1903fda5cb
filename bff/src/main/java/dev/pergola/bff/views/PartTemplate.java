package dev.pergola.bff.views;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

/**
 * Path and query of a part, such as {@code /people/{partnership.ownerId}}, taken apart.
 * Values are data: none can add a segment, a parameter or a host.
 */
final class PartTemplate {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*)}");

	private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@/?%-]*");

	private final List<Piece> pieces;

	private PartTemplate(List<Piece> pieces) {
		this.pieces = pieces;
	}

	/**
	 * Takes a template apart.
	 * @param text starts with one slash
	 * @throws IllegalArgumentException when it is no template
	 */
	static PartTemplate parse(String text) {
		if (!text.startsWith("/") || text.startsWith("//")) {
			throw new IllegalArgumentException("get: %s (expected: a path)".formatted(text));
		}
		List<Piece> pieces = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(text);
		int from = 0;
		while (matcher.find()) {
			pieces.add(literal(text, from, matcher.start()));
			boolean inQuery = text.lastIndexOf('?', matcher.start()) >= 0;
			pieces.add(new Placeholder(List.of(matcher.group(1).split("\\.")), inQuery));
			from = matcher.end();
		}
		pieces.add(literal(text, from, text.length()));
		return new PartTemplate(List.copyOf(pieces));
	}

	/** First names of the placeholders that have more than one: other parts. */
	Set<String> references() {
		Set<String> references = new LinkedHashSet<>();
		for (Piece piece : this.pieces) {
			if (piece instanceof Placeholder placeholder && placeholder.names().size() > 1) {
				references.add(placeholder.names().getFirst());
			}
		}
		return references;
	}

	/** Placeholders of one name: parameters of the view's path. */
	Set<String> parameters() {
		Set<String> parameters = new LinkedHashSet<>();
		for (Piece piece : this.pieces) {
			if (piece instanceof Placeholder placeholder && placeholder.names().size() == 1) {
				parameters.add(placeholder.names().getFirst());
			}
		}
		return parameters;
	}

	/**
	 * Path and query with values filled in.
	 * @param values the value of a placeholder's names
	 * @return empty when a value is missing, or is not one segment
	 */
	Optional<String> expand(Function<List<String>, Optional<String>> values) {
		StringBuilder text = new StringBuilder();
		for (Piece piece : this.pieces) {
			switch (piece) {
				case Literal literal -> text.append(literal.text());
				case Placeholder placeholder -> {
					String value = values.apply(placeholder.names()).orElse("");
					if (value.isEmpty() || (!placeholder.inQuery() && !isSegment(value))) {
						return Optional.empty();
					}
					text.append(UriUtils.encode(value, StandardCharsets.UTF_8));
				}
			}
		}
		return Optional.of(text.toString());
	}

	private static boolean isSegment(String value) {
		return !value.equals(".") && !value.equals("..")
				&& value.chars().noneMatch((c) -> c == '/' || c == '\\' || c == ';' || Character.isISOControl(c));
	}

	private static Literal literal(String text, int from, int to) {
		String literal = text.substring(from, to);
		if (!LITERAL.matcher(literal).matches()) {
			throw new IllegalArgumentException("get: %s (expected: a path with {placeholders})".formatted(text));
		}
		return new Literal(literal);
	}

	private sealed interface Piece {

	}

	private record Literal(String text) implements Piece {

	}

	private record Placeholder(List<String> names, boolean inQuery) implements Piece {

	}

}
