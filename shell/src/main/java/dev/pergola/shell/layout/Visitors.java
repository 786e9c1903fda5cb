package dev.pergola.shell.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.shell.catalog.PersonalCatalog;
import dev.pergola.shell.catalog.PersonalCatalogs;
import dev.pergola.shell.person.Appearance;
import dev.pergola.shell.person.Languages;
import dev.pergola.shell.person.Person;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Knows whom a request is from.
 */
public final class Visitors {

	private static final Person NOBODY = new Person("", "", Set.of(), Set.of(), Set.of(), null);

	private final Supplier<Catalog> whole;

	private final PersonalCatalogs catalogs;

	private final Function<Authentication, Optional<Person>> people;

	/**
	 * Recognizes people.
	 * @param whole the catalog that is live now
	 * @param catalogs makes the catalog of a person
	 * @param people reads the person out of what Spring Security knows, empty for nobody
	 */
	public Visitors(Supplier<Catalog> whole, PersonalCatalogs catalogs,
			Function<Authentication, Optional<Person>> people) {
		this.whole = whole;
		this.catalogs = catalogs;
		this.people = people;
	}

	/**
	 * The visitor a request is from.
	 * @param request the request
	 * @return the visitor; nobody's when nobody is signed in
	 */
	public Mono<Visitor> of(ServerRequest request) {
		return request.principal()
			.ofType(Authentication.class)
			.filter(Authentication::isAuthenticated)
			.map(this.people)
			.defaultIfEmpty(Optional.empty())
			.map((person) -> visitor(request, person.orElse(null)));
	}

	private Visitor visitor(ServerRequest request, @Nullable Person person) {
		Catalog catalog = this.whole.get();
		Locale locale = Languages.choose(ranges(request), catalog);
		PersonalCatalog personal = (person != null) ? this.catalogs.of(person, locale)
				: this.catalogs.none(NOBODY, locale);
		return new Visitor(person, personal, locale, Texts.in(locale), Appearance.of(request.cookies()),
				request.requestPath().pathWithinApplication().value());
	}

	private static List<Locale.LanguageRange> ranges(ServerRequest request) {
		try {
			return request.headers().acceptLanguage();
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

}
