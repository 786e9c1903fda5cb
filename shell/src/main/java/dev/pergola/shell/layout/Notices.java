package dev.pergola.shell.layout;

import org.jspecify.annotations.Nullable;

/**
 * What everybody has to know at this moment, for example that the catalog is an old one.
 */
@FunctionalInterface
public interface Notices {

	/**
	 * The notice of now.
	 * @param texts the portal's texts in the person's language
	 * @return one sentence, {@code null} for nothing
	 */
	@Nullable String current(Texts texts);

}
