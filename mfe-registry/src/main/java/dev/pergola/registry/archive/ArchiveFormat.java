package dev.pergola.registry.archive;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Formats a bundle may be published in.
 */
public enum ArchiveFormat {

	/** A tar file in gzip, as {@code npm pack} makes it. */
	TAR_GZIP {
		@Override
		void read(Path upload, ExpansionMeter meter, EntryVisitor visitor) throws IOException {
			TarReader.read(upload, meter, visitor);
		}
	},

	/** A zip file. */
	ZIP {
		@Override
		void read(Path upload, ExpansionMeter meter, EntryVisitor visitor) throws IOException {
			ZipReader.read(upload, meter, visitor);
		}
	};

	abstract void read(Path upload, ExpansionMeter meter, EntryVisitor visitor) throws IOException;

}
