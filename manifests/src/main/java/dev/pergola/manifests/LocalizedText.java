package dev.pergola.manifests;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A text in several languages; in JSON an object such as {@code {"en": "Partnerships",
 * "de": "Partnerschaften"}}.
 *
 * @param texts language tag (BCP 47) and text, in the order of the document; may be empty
 */
public record LocalizedText(@JsonValue Map<String, String> texts) {

	/** No text in any language. */
	public static final LocalizedText NONE = new LocalizedText(Map.of());

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public LocalizedText {
		texts = Copies.of(texts);
	}

	/**
	 * One text for all languages.
	 * @param text the English text
	 * @return a text with one language
	 */
	public static LocalizedText of(String text) {
		return new LocalizedText(Map.of("en", text));
	}

	/**
	 * Looks up as BCP 47 says under "Lookup": the tag, then shorter forms of it, then
	 * English, then whatever comes first.
	 * @param locale wanted language
	 * @return empty only when there is no text at all
	 */
	public Optional<String> in(Locale locale) {
		for (String tag = locale.toLanguageTag(); !tag.isEmpty(); tag = shorter(tag)) {
			String text = this.texts.get(tag);
			if (text != null) {
				return Optional.of(text);
			}
		}
		String english = this.texts.get("en");
		return (english != null) ? Optional.of(english) : this.texts.values().stream().findFirst();
	}

	@JsonIgnore
	public boolean isEmpty() {
		return this.texts.isEmpty();
	}

	/**
	 * A readable form of an id: {@code co-sell} becomes {@code Co sell}.
	 * @param id such as {@code deal-researcher}
	 * @return the same words, the first with a capital letter
	 */
	public static String readable(String id) {
		String words = id.replaceAll("[-_.]+", " ").strip();
		return words.isEmpty() ? id : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
	}

	private static String shorter(String tag) {
		int dash = tag.lastIndexOf('-');
		return (dash > 0) ? tag.substring(0, dash) : "";
	}

}
