package dev.pergola.registry.publish;

import dev.pergola.registry.module.ModuleVersion;

/**
 * Answer to a publish.
 *
 * @param outcome {@code created}, {@code identical} when it was there already, or
 * {@code would-create} for a dry run
 * @param files number of files, without the manifest
 * @param revision write that published it, 0 for a dry run
 */
record Published(String module, String version, String outcome, int files, long sizeBytes, long entryGzipBytes,
		long revision) {

	static final String CREATED = "created";

	static final String IDENTICAL = "identical";

	static final String WOULD_CREATE = "would-create";

	static Published of(Candidate candidate, ModuleVersion version, String outcome) {
		return new Published(version.module(), version.version(), outcome, candidate.bundle().files().size(),
				version.sizeBytes(), version.entryGzipBytes(), version.revision());
	}

	boolean isCreated() {
		return this.outcome.equals(CREATED);
	}

}
