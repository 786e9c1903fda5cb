package dev.pergola.registry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call and its answer as a page of the documentation shows them: two code blocks of
 * language {@code http}, one after the other.
 *
 * @param line line of the page the call begins at
 * @param headers headers of the call, by name
 * @param body body of the call, empty for none
 * @param answer body of the answer, empty for any
 */
public record DocExample(int line, String method, String uri, Map<String, String> headers, String body, int status,
		String answer) {

	private static final Pattern BLOCK = Pattern.compile("^```http\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	/**
	 * Examples of a page.
	 * @param page Markdown file
	 * @return in their order
	 */
	public static List<DocExample> of(Path page) {
		String text = read(page);
		Matcher blocks = BLOCK.matcher(text);
		List<DocExample> examples = new ArrayList<>();
		while (blocks.find()) {
			int line = (int) text.substring(0, blocks.start()).lines().count() + 1;
			String[] call = parts(blocks.group(1));
			if (!blocks.find()) {
				throw new IllegalStateException("line %d: a call without an answer".formatted(line));
			}
			String[] answer = parts(blocks.group(1));
			examples.add(of(line, call, answer));
		}
		return examples;
	}

	private static DocExample of(int line, String[] call, String[] answer) {
		List<String> head = call[0].lines().toList();
		String[] request = head.getFirst().split(" ", 2);
		Map<String, String> headers = new LinkedHashMap<>();
		head.stream()
			.skip(1)
			.map((header) -> header.split(": ", 2))
			.forEach((header) -> headers.put(header[0], header[1]));
		return new DocExample(line, request[0], request[1], headers, call[1], Integer.parseInt(answer[0]), answer[1]);
	}

	/** Head and body, divided by an empty line. */
	private static String[] parts(String block) {
		String[] parts = block.strip().split("\\n\\n", 2);
		return new String[] { parts[0], (parts.length > 1) ? parts[1].strip() : "" };
	}

	private static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
