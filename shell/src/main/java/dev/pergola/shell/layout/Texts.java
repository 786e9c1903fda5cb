package dev.pergola.shell.layout;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The portal's own texts in one language; English where a language has none.
 */
public final class Texts {

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

	/** Language of the texts. */
	public Locale locale() {
		return this.locale;
	}

}
