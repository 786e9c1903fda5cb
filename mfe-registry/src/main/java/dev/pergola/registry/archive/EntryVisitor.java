package dev.pergola.registry.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Receives the entries of an archive in their order. Content is valid during the call and
 * is metered while it is read.
 */
interface EntryVisitor {

	void visit(String name, Kind kind, InputStream content) throws IOException;

	/** What an entry is; everything that is neither file nor folder is refused. */
	enum Kind {

		FILE, DIRECTORY, OTHER

	}

}
