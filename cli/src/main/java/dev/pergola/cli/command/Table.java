package dev.pergola.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns of text. */
final class Table {

	private Table() {
	}

	static String of(List<List<String>> rows) {
		int[] widths = IntStream.range(0, rows.getFirst().size())
			.map((column) -> rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		return rows.stream().map((row) -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
	}

	/** Somebody, with eight characters of a token's id: enough to find it. */
	static String actor(String actor) {
		return actor.replaceAll("(?<=token [0-9a-f]{8})-[0-9a-f-]{27}$", "");
	}

	private static String line(List<String> row, int[] widths) {
		return IntStream.range(0, row.size())
			.mapToObj((column) -> row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
			.collect(Collectors.joining("  "))
			.stripTrailing();
	}

}
