package dev.pergola.shell.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.springframework.core.io.ClassPathResource;

/**
 * What each problem type of the platform means:
 * {@code META-INF/pergola/shell/problems.properties}.
 */
public final class ProblemTypes {

	private static final String LIST = "META-INF/pergola/shell/problems.properties";

	private final Properties types = new Properties();

	/** Reads the list. */
	public ProblemTypes() {
		ClassPathResource list = new ClassPathResource(LIST, ProblemTypes.class.getClassLoader());
		try (Reader reader = new InputStreamReader(list.getInputStream(), StandardCharsets.UTF_8)) {
			this.types.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("problems: cannot be read", ex);
		}
	}

	/**
	 * Explains a type.
	 * @param name last part of the type's address
	 * @return what it means, empty when there is no such type
	 */
	Optional<Explanation> find(String name) {
		String title = this.types.getProperty(name + ".title");
		return Optional.ofNullable(title)
			.map((known) -> new Explanation(name, known, this.types.getProperty(name + ".what", ""),
					this.types.getProperty(name + ".do", "")));
	}

	/** Names of all types, in order. */
	List<String> names() {
		return this.types.stringPropertyNames()
			.stream()
			.filter((key) -> key.endsWith(".title"))
			.map((key) -> key.substring(0, key.length() - ".title".length()))
			.sorted()
			.toList();
	}

	/**
	 * What a problem type means.
	 *
	 * @param what what has happened
	 * @param todo what to do about it
	 */
	record Explanation(String name, String title, String what, String todo) {
	}

}
