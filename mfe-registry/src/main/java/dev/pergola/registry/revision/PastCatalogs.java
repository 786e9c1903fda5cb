package dev.pergola.registry.revision;

import java.time.Instant;
import java.util.List;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.registry.catalog.CatalogAssembler;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.request.NotFoundException;

/**
 * Catalogs as they were. Upstream addresses are today's: they belong to the environment.
 */
public final class PastCatalogs {

	private final Journal journal;

	private final HistoryStore history;

	private final RevisionStore revisions;

	private final CatalogAssembler assembler;

	public PastCatalogs(Journal journal, HistoryStore history, RevisionStore revisions, CatalogAssembler assembler) {
		this.journal = journal;
		this.history = history;
		this.revisions = revisions;
		this.assembler = assembler;
	}

	/** The catalog of a revision, else {@link NotFoundException}. */
	Catalog at(long revision) {
		check(revision);
		List<RevisionEntry> entries = this.revisions.before(revision + 1, null, null, 1);
		Instant at = entries.isEmpty() ? Instant.EPOCH : entries.getFirst().at();
		return this.assembler.assemble(revision, at, this.history.modulesAt(revision).values(),
				this.history.navigationAt(revision));
	}

	/** Whether there is such a revision, else {@link NotFoundException}. */
	void check(long revision) {
		long start = this.history.start();
		long newest = this.journal.revision().number();
		if (revision < start || revision > newest) {
			throw new NotFoundException("revision", "%d (there are %d to %d)".formatted(revision, start, newest));
		}
	}

}
