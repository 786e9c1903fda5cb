package dev.pergola.shell.layout;

import java.util.Locale;

import dev.pergola.shell.catalog.PersonalCatalog;
import dev.pergola.shell.person.Appearance;
import dev.pergola.shell.person.Person;
import org.jspecify.annotations.Nullable;

/**
 * Whom a page is made for, and with what.
 *
 * @param person who is signed in, {@code null} for nobody
 * @param catalog what is live for them; empty for nobody
 * @param path path of the request, encoded
 */
public record Visitor(@Nullable Person person, PersonalCatalog catalog, Locale locale, Texts texts,
		Appearance appearance, String path) {

	/**
	 * The person.
	 * @return who is signed in; {@link IllegalStateException} for nobody
	 */
	public Person signedIn() {
		if (this.person == null) {
			throw new IllegalStateException("nobody is signed in");
		}
		return this.person;
	}

	/**
	 * Whether the person has a role of the portal.
	 * @param role name of the role
	 * @return whether somebody is signed in and has it
	 */
	public boolean is(String role) {
		return this.person != null && this.person.is(role);
	}

}
