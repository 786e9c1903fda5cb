package dev.pergola.bff.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One case of a corpus file; its README says what the lines mean.
 *
 * @param sent as it stands in the file
 * @param statuses told, one for each request
 * @param closed whether the connection ends
 * @param seen messages the upstream sees, each as lines; empty for none
 */
record CorpusCase(String file, String name, String sent, List<Integer> statuses, boolean closed,
		List<List<String>> seen) {

	private static final Path FOLDER = Path.of("src/test/resources/corpus");

	private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|.)");

	private static final Pattern REPEATED = Pattern.compile("\\{([^{}]+)\\*(\\d+)}");

	private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/1\\.1");

	/** The bytes to send, as ISO-8859-1. */
	String bytes(String host, String cookie) {
		String head = "Host: %s\\r\\nCookie: {cookie}\\r\\nX-Pergola: 1\\r\\nAccept: */*\\r\\nUser-Agent: corpus\\r\\n"
			.formatted(host);
		return plain(this.sent.replace("{session}", head).replace("{cookie}", cookie));
	}

	static List<CorpusCase> read(String... files) {
		List<CorpusCase> cases = new ArrayList<>();
		for (String file : files) {
			try {
				String[] parts = ("\n" + Files.readString(FOLDER.resolve(file))).split("\n## ");
				for (int i = 1; i < parts.length; i++) {
					cases.add(parse(file, parts[i].lines().toList()));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return cases;
	}

	private static CorpusCase parse(String file, List<String> lines) {
		StringBuilder sent = new StringBuilder();
		List<Integer> statuses = new ArrayList<>();
		boolean closed = false;
		List<List<String>> seen = new ArrayList<>();
		for (String line : lines.subList(1, lines.size())) {
			if (line.startsWith("> ")) {
				sent.append(line.substring(2));
			}
			else if (line.startsWith("= ")) {
				closed = line.endsWith(" closed");
				for (String status : line.substring(2).replace(" closed", "").split(" ")) {
					statuses.add(Integer.valueOf(status));
				}
			}
			else if (line.startsWith("<")) {
				see(plain(line.substring(Math.min(2, line.length()))), seen);
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				throw new IllegalArgumentException("%s, %s: %s".formatted(file, lines.getFirst(), line));
			}
		}
		return new CorpusCase(file, lines.getFirst(), sent.toString(), statuses, closed, seen);
	}

	private static void see(String line, List<List<String>> seen) {
		if (REQUEST_LINE.matcher(line).matches() && (seen.isEmpty() || !seen.getLast().getLast().isEmpty())) {
			seen.add(new ArrayList<>());
		}
		seen.getLast().add(line);
	}

	private static String plain(String text) {
		String repeated = REPEATED.matcher(text)
			.replaceAll((match) -> Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
		return ESCAPE.matcher(repeated).replaceAll((match) -> Matcher.quoteReplacement(character(match.group(1))));
	}

	private static String character(String escape) {
		return switch (escape.charAt(0)) {
			case 'r' -> "\r";
			case 'n' -> "\n";
			case 't' -> "\t";
			case '0' -> "\0";
			case '\\' -> "\\";
			case 'x' -> new String(new byte[] { (byte) Integer.parseInt(escape.substring(1), 16) },
					StandardCharsets.ISO_8859_1);
			default -> throw new IllegalArgumentException("escape: " + escape);
		};
	}

	@Override
	public String toString() {
		return this.file + ": " + this.name;
	}

}
