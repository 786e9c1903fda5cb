package dev.pergola.registry;

import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.journal.Journal;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the database answers.
 */
class RegistryHealthIndicator extends AbstractHealthIndicator {

	private final Journal journal;

	private final CatalogFeed feed;

	RegistryHealthIndicator(Journal journal, CatalogFeed feed) {
		super("registry's database does not answer");
		this.journal = journal;
		this.feed = feed;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up()
			.withDetail("revision", this.journal.revision().number())
			.withDetail("watchers", this.feed.watchers());
	}

}
