package dev.pergola.manifests;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An address of the shell.
 *
 * @param id unique in the module
 * @param path a {@link PathPattern}, such as {@code /partnerships/{id}}
 * @param element custom element that is the page, {@code null} when the entry mounts
 * itself or the page is a fragment
 * @param fragment path on the module's upstream with the parameters of {@code path},
 * {@code null} unless the entry's format is {@link EntryFormat#FRAGMENT}
 * @param requires names that must all be among the person's roles and permissions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Page(String id, String path, LocalizedText title, @Nullable String element, @Nullable String fragment,
		List<String> requires) {

	public Page {
		title = (title != null) ? title : LocalizedText.NONE;
		requires = Copies.of(requires);
	}

	/** Title in a language, else a readable form of the id; never empty. */
	public String titleIn(Locale locale) {
		return this.title.in(locale).orElseGet(() -> LocalizedText.readable(this.id));
	}

	/**
	 * The parsed path.
	 * @return pattern of this page
	 */
	public PathPattern pattern() {
		return PathPattern.parse(this.path);
	}

}
