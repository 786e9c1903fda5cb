package dev.pergola.registry;

import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.navigation.DraftController;
import dev.pergola.registry.navigation.DraftStore;
import dev.pergola.registry.navigation.Drafts;
import dev.pergola.registry.navigation.NavigationController;
import dev.pergola.registry.navigation.NavigationLook;
import dev.pergola.registry.navigation.NavigationProperties;
import dev.pergola.registry.navigation.NavigationQuestions;
import dev.pergola.registry.navigation.NavigationStore;
import dev.pergola.registry.navigation.NavigationVersions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Drafts of the navigation, and what is asked of it.
 */
@Configuration(proxyBeanMethods = false)
class NavigationConfiguration {

	@Bean
	NavigationVersions registryNavigationVersions(RegistryDatabase database) {
		return new NavigationVersions(database);
	}

	@Bean
	NavigationLook registryNavigationLook(CatalogFeed feed, NavigationProperties properties) {
		return new NavigationLook(feed::catalog, properties);
	}

	@Bean
	Drafts registryNavigationDrafts(Journal journal, NavigationStore live, RegistryDatabase database,
			NavigationVersions versions, NavigationLook look, NavigationProperties properties) {
		return new Drafts(journal, live, new DraftStore(database), versions, look, properties);
	}

	@Bean
	NavigationController registryNavigationController(Journal journal, NavigationStore store, Drafts drafts,
			NavigationLook look) {
		return new NavigationController(journal, store, drafts, look);
	}

	@Bean
	DraftController registryNavigationDraftController(Drafts drafts, NavigationStore store, NavigationLook look,
			NavigationProperties properties) {
		return new DraftController(drafts, store, look, properties);
	}

	@Bean
	NavigationQuestions registryNavigationQuestions(Journal journal, NavigationStore store, Drafts drafts,
			NavigationVersions versions, NavigationLook look) {
		return new NavigationQuestions(journal, store, drafts, versions, look);
	}

}
