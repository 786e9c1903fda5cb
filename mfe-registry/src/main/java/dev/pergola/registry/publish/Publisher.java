package dev.pergola.registry.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.archive.ArchiveFormat;
import dev.pergola.registry.archive.NotAnArchiveException;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.Unpacker;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.content.ContentUses;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.ModuleVersion;
import dev.pergola.registry.module.VersionFile;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.publish.Gate.Target;

/**
 * Publishes versions. Content is stored first and the version is written last, so a
 * process that dies in between leaves content no version names.
 */
public final class Publisher {

	private static final String ACTION = "version.publish";

	private final Gate gate;

	private final Unpacker unpacker;

	private final BundleStore bundles;

	private final ContentUses uses;

	private final Journal journal;

	private final AuditStore audit;

	private final ModuleStore modules;

	private final VersionStore versions;

	public Publisher(Gate gate, Unpacker unpacker, BundleStore bundles, ContentUses uses, Journal journal,
			AuditStore audit, ModuleStore modules, VersionStore versions) {
		this.gate = gate;
		this.unpacker = unpacker;
		this.bundles = bundles;
		this.uses = uses;
		this.journal = journal;
		this.audit = audit;
		this.modules = modules;
		this.versions = versions;
	}

	/**
	 * The owner of a module, whom the caller may act for.
	 * @return target to publish to
	 */
	Target target(Caller caller, String module, String version) {
		Optional<Module> existing = this.modules.find(module);
		existing.ifPresent((found) -> caller.requireChange(found.team()));
		return new Target(module, version, existing.map(Module::team).orElse(null));
	}

	/** Looks only; nothing is stored. */
	Published check(Caller caller, Target target, UnpackedBundle bundle) {
		Candidate candidate = candidate(caller, target, bundle);
		ModuleVersion version = version(caller, candidate, 0, Instant.EPOCH);
		return identical(candidate).map((found) -> Published.of(candidate, found, Published.IDENTICAL))
			.orElseGet(() -> Published.of(candidate, version, Published.WOULD_CREATE));
	}

	/**
	 * Publishes, or finds that it was published before. All that can be done before the
	 * revision is locked is done before.
	 */
	Published publish(Caller caller, Target target, UnpackedBundle bundle) {
		long seen = this.journal.revision().number();
		Candidate candidate = candidate(caller, target, bundle);
		Standing standing = standing(candidate);
		if (standing.identical().isPresent()) {
			return Published.of(candidate, standing.identical().get(), Published.IDENTICAL);
		}
		List<VersionFile> files = files(candidate);
		String use = this.uses.use(files.stream().map(VersionFile::hash).toList());
		try {
			candidate.bundle().files().values().forEach((file) -> this.bundles.put(file.hash(), file.file()));
			return this.journal.write(caller, (write) -> {
				Standing now = holds(write, candidate, seen) ? standing : checked(candidate);
				return now.identical()
					.map((found) -> Published.of(candidate, found, Published.IDENTICAL))
					.orElseGet(() -> write(write, caller, candidate, files, now.isNew()));
			});
		}
		finally {
			this.uses.release(use);
		}
	}

	private Candidate candidate(Caller caller, Target target, UnpackedBundle bundle) {
		Candidate candidate = this.gate.pass(target, bundle);
		// A new module belongs to the team that its manifest names.
		caller.requireChange(candidate.manifest().team().name());
		return candidate;
	}

	/** Files of an archive; {@link PublishRefusedException} when it is none. */
	UnpackedBundle unpack(String target, ArchiveFormat format, Path archive, Path folder) {
		try {
			return this.unpacker.unpack(archive, format, folder);
		}
		catch (NotAnArchiveException ex) {
			throw new PublishRefusedException(target, List.of(Findings.at("", String.valueOf(ex.getMessage()))));
		}
	}

	/** Files that came one by one. */
	UnpackedBundle collect(Map<String, Path> sources, Path folder) {
		return this.unpacker.collect(sources, folder);
	}

	/**
	 * Whether what was found before the lock still holds. Versions of other modules
	 * change nothing of it: nobody gets them, so their names are not taken.
	 */
	private boolean holds(Write write, Candidate candidate, long seen) {
		return write.revision() == seen + 1 || !this.audit.hasMore(seen, ACTION, candidate.manifest().module());
	}

	/** Once more and under the lock: somebody else was faster. */
	private Standing checked(Candidate candidate) {
		Standing standing = standing(candidate);
		if (standing.identical().isEmpty()) {
			List<Finding> conflicts = this.gate.conflicts(candidate.manifest());
			if (!conflicts.isEmpty()) {
				throw new PublishRefusedException(candidate.name(), conflicts);
			}
		}
		return standing;
	}

	private Standing standing(Candidate candidate) {
		Optional<ModuleVersion> identical = identical(candidate);
		if (identical.isPresent()) {
			return new Standing(identical, false);
		}
		Optional<Module> existing = this.modules.find(candidate.manifest().module());
		if (existing.isPresent() && !existing.get().team().equals(candidate.manifest().team().name())) {
			throw new PublishRefusedException(candidate.name(),
					List.of(Findings.at("/team/name", "the owner of the module is team " + existing.get().team())));
		}
		return new Standing(identical, existing.isEmpty());
	}

	private Published write(Write write, Caller caller, Candidate candidate, List<VersionFile> files, boolean isNew) {
		String module = candidate.manifest().module();
		if (isNew) {
			this.modules.create(module, candidate.manifest().team().name(), write.revision(), write.at());
		}
		ModuleVersion version = version(caller, candidate, write.revision(), write.at());
		this.versions.add(version, candidate.json(), files);
		write
			.record(new AuditFact(ACTION, candidate.name(), module, null, Map.of("contentHash", candidate.contentHash(),
					"sizeBytes", version.sizeBytes(), "files", candidate.bundle().files().size())));
		return Published.of(candidate, version, Published.CREATED);
	}

	private Optional<ModuleVersion> identical(Candidate candidate) {
		String module = candidate.manifest().module();
		String version = candidate.manifest().version();
		Optional<ModuleVersion> existing = this.versions.find(module, version);
		if (existing.isPresent() && !existing.get().contentHash().equals(candidate.contentHash())) {
			throw new VersionExistsException(module, version);
		}
		return existing;
	}

	private static ModuleVersion version(Caller caller, Candidate candidate, long revision, Instant at) {
		return new ModuleVersion(candidate.manifest().module(), candidate.manifest().version(), candidate.contentHash(),
				candidate.bundle().sizeBytes(), candidate.entryGzipBytes(), at, caller.name(), revision);
	}

	private static List<VersionFile> files(Candidate candidate) {
		return candidate.bundle()
			.files()
			.entrySet()
			.stream()
			.map((file) -> new VersionFile(file.getKey(), file.getValue().hash(), file.getValue().sizeBytes()))
			.toList();
	}

	/**
	 * What there is of a candidate already.
	 *
	 * @param identical the same version, if it was published before
	 * @param isNew whether it is the first version of its module
	 */
	private record Standing(Optional<ModuleVersion> identical, boolean isNew) {

	}

}
