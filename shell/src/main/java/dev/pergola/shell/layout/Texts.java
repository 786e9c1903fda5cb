package dev.pergola.shell.layout;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The portal's own texts in one language; English where a language has none.
 */
public final class Texts {

	private static final String BROWSER = "browser.";

	private static final ResourceBundle.Control NO_DEFAULT = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private final ResourceBundle bundle;

	private final Locale locale;

	private Texts(ResourceBundle bundle, Locale locale) {
		this.bundle = bundle;
		this.locale = locale;
	}

	/**
	 * Texts for a language.
	 * @param locale language of the page
	 * @return the texts
	 */
	public static Texts in(Locale locale) {
		return new Texts(ResourceBundle.getBundle("META-INF.pergola.shell.texts", locale, Texts.class.getClassLoader(),
				NO_DEFAULT), locale);
	}

	/**
	 * One text.
	 * @param name name of the text; {@link MissingResourceException} when there is none
	 * @param values what stands for {@code {0}}, {@code {1}} …
	 * @return the text
	 */
	public String get(String name, Object... values) {
		String text = this.bundle.getString(name);
		return (values.length == 0) ? text : new MessageFormat(text.replace("'", "''"), this.locale).format(values);
	}

	/**
	 * One text that may not be there.
	 * @param name name of the text, whoever chose it
	 * @return the text
	 */
	public Optional<String> find(String name) {
		return this.bundle.containsKey(name) ? Optional.of(this.bundle.getString(name)) : Optional.empty();
	}

	/**
	 * Texts for scripts, which have their own in English.
	 * @return each text by its name in the scripts
	 */
	public Map<String, String> browser() {
		return this.bundle.keySet()
			.stream()
			.filter((name) -> name.startsWith(BROWSER))
			.collect(Collectors.toMap((name) -> name.substring(BROWSER.length()), this.bundle::getString, (a, b) -> a,
					TreeMap::new));
	}

	/** Language of the texts. */
	public Locale locale() {
		return this.locale;
	}

}
