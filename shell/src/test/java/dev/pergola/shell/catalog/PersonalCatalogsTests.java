package dev.pergola.shell.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.shell.Catalogs;
import dev.pergola.shell.assets.Assets;
import dev.pergola.shell.person.Person;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PersonalCatalogsTests {

	private final AtomicReference<Catalog> whole = new AtomicReference<>(Catalogs.usual());

	private final PersonalCatalogs catalogs = new PersonalCatalogs(this.whole::get, new Assets(Map.of()), Catalogs.JSON,
			2);

	@Test
	void peopleWithTheSameGrantsAndVersionsShareOne() {
		assertThat(of("ada", "partnerships:read")).isSameAs(of("bob", "partnerships:read"))
			.isNotSameAs(of("cleo", "partnerships:write"));
	}

	@Test
	void peopleOfAnotherVersionDoNot() {
		this.whole.set(Catalogs
			.of(Catalogs.withGroup(Catalogs.partnerships("1.0.0"), "beta", Catalogs.partnerships("1.1.0"))));
		assertThat(of("ada", "x").modules().getFirst().version()).isEqualTo("1.0.0");
		assertThat(of("bob", "beta").modules().getFirst().version()).isEqualTo("1.1.0");
	}

	@Test
	void newRevisionIsSeenAtOnce() {
		PersonalCatalog before = of("ada", "x");
		this.whole.set(Catalogs.of(Catalogs.on(Catalogs.legacy())));
		assertThat(of("ada", "x")).isNotSameAs(before);
		assertThat(of("ada", "x").modules()).hasSize(1);
	}

	@Test
	void onlySoManyAreKept() {
		PersonalCatalog first = of("ada", "a");
		of("ada", "b");
		of("ada", "c");
		assertThat(of("ada", "a")).isNotSameAs(first);
		assertThat(of("ada", "c")).isSameAs(of("ada", "c"));
	}

	private PersonalCatalog of(String subject, String grant) {
		return this.catalogs.of(new Person(subject, subject, Set.of(), Set.of(grant), Set.of(), null), Locale.ENGLISH);
	}

}
