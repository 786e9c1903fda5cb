package dev.pergola.samples.organizations;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import org.jspecify.annotations.Nullable;

/**
 * Words of the pages in one language.
 */
final class Words {

	private static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.GERMAN);

	private final Locale locale;

	private final ResourceBundle bundle;

	private Words(Locale locale) {
		this.locale = locale;
		this.bundle = ResourceBundle.getBundle("samples.organizations.words", locale,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

	/**
	 * Words for a person.
	 * @param acceptLanguage value of the header, {@code null} for English
	 * @return English unless another language fits
	 */
	static Words of(@Nullable String acceptLanguage) {
		try {
			Locale best = Locale.lookup(Locale.LanguageRange.parse((acceptLanguage != null) ? acceptLanguage : "en"),
					LOCALES);
			return new Words((best != null) ? best : Locale.ENGLISH);
		}
		catch (IllegalArgumentException ex) {
			return new Words(Locale.ENGLISH);
		}
	}

	Locale locale() {
		return this.locale;
	}

	String get(String name, Object... arguments) {
		return new MessageFormat(this.bundle.getString(name), this.locale).format(arguments);
	}

}
