package dev.pergola.registry.navigation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.navigation.NavigationMerge.Side;
import dev.pergola.registry.navigation.NavigationStore.Overlay;
import dev.pergola.registry.navigation.lint.LintFinding;
import dev.pergola.registry.navigation.lint.Severity;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.request.PreconditionMissingException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The draft all administrators share: nothing in it counts until it is published. Without
 * a draft the live overlay stands in for it, under the tag of its revision.
 */
public final class Drafts {

	private static final String SUBJECT = "navigation/draft";

	private final Journal journal;

	private final NavigationStore live;

	private final DraftStore store;

	private final NavigationVersions versions;

	private final NavigationLook look;

	private final int undoSteps;

	public Drafts(Journal journal, NavigationStore live, DraftStore store, NavigationVersions versions,
			NavigationLook look, NavigationProperties properties) {
		this.journal = journal;
		this.live = live;
		this.store = store;
		this.versions = versions;
		this.look = look;
		this.undoSteps = properties.undoSteps();
	}

	DraftView get() {
		return view(this.store.find(), this.live.get());
	}

	/**
	 * Adds a step.
	 * @param base revision it is based on, {@code null} for that of the draft; a negative
	 * one for what is live
	 */
	DraftView save(Caller caller, @Nullable String ifMatch, Navigation wanted, @Nullable Long base) {
		List<Finding> findings = NavigationRules.findings(wanted);
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the navigation cannot be arranged so", findings);
		}
		return change(caller, ifMatch, "save", (draft, overlay) -> {
			if (base == null) {
				return on(draft, wanted, draft.base(), draft.baseNavigation());
			}
			long revision = (base < 0) ? overlay.revision() : base;
			return on(draft, wanted, revision, based(revision, draft, overlay));
		});
	}

	private Navigation based(long revision, Draft draft, Overlay overlay) {
		if (revision == overlay.revision()) {
			return overlay.navigation();
		}
		if (revision == draft.base()) {
			return draft.baseNavigation();
		}
		return this.versions.find(revision)
			.orElseThrow(() -> new InvalidRequestException("the draft cannot be based on that", "/revision",
					"is no version of the navigation: " + revision));
	}

	/** Makes a version that was live the draft, over whatever the draft says now. */
	DraftView restore(Caller caller, @Nullable String ifMatch, long revision) {
		Navigation version = this.versions.find(revision)
			.orElseThrow(() -> new NotFoundException("version", Long.toString(revision)));
		return change(caller, ifMatch, "restore",
				(draft, overlay) -> on(draft, version, overlay.revision(), overlay.navigation()));
	}

	/**
	 * Bases the draft on what is live, both put together.
	 * @param choices what counts at each conflict; 422 when one is missing
	 */
	DraftView merge(Caller caller, @Nullable String ifMatch, Map<String, Side> choices) {
		return change(caller, ifMatch, "merge", (draft, overlay) -> {
			NavigationMerge merge = NavigationMerge.of(draft.baseNavigation(), overlay.navigation(), draft.navigation(),
					choices);
			if (!merge.conflicts().isEmpty()) {
				throw new InvalidRequestException("choose at every conflict: base, theirs or yours",
						merge.conflicts()
							.stream()
							.map((conflict) -> new Finding(conflict.path(), conflict.path() + ": choose", 0, 0))
							.toList());
			}
			List<Finding> findings = NavigationRules.findings(merge.merged());
			if (!findings.isEmpty()) {
				throw new InvalidRequestException("the two do not go together so", findings);
			}
			return on(draft, merge.merged(), overlay.revision(), overlay.navigation());
		});
	}

	MergeView merge() {
		Overlay overlay = this.live.get();
		return mergeView(this.store.find().orElseThrow(Drafts::noDraft), overlay);
	}

	private static MergeView mergeView(Draft draft, Overlay overlay) {
		NavigationMerge merge = NavigationMerge.of(draft.baseNavigation(), overlay.navigation(), draft.navigation(),
				Map.of());
		return new MergeView(overlay.revision(), draft.baseNavigation(), overlay.navigation(), draft.navigation(),
				merge.merged(), merge.conflicts());
	}

	/** Goes back or forth among the steps. */
	DraftView step(Caller caller, @Nullable String ifMatch, int by) {
		return this.journal.write(caller, (write) -> {
			Overlay overlay = this.live.get();
			Draft draft = this.store.find().orElseThrow(Drafts::noDraft);
			IfMatch.require(ifMatch, draft.revision(), draft::navigation);
			boolean possible = (by < 0) ? draft.undo() > 0 : draft.redo() > 0;
			if (!possible) {
				throw new InvalidRequestException("the draft stays as it is", "",
						(by < 0) ? "there is nothing to undo" : "there is nothing to redo");
			}
			this.store.go(draft.place() + by, write);
			Draft after = this.store.find().orElseThrow();
			write.record(fact((by < 0) ? "undo" : "redo", draft.navigation(), after.navigation()));
			return view(Optional.of(after), overlay);
		});
	}

	void discard(Caller caller, @Nullable String ifMatch) {
		this.journal.write(caller, (write) -> {
			Draft draft = this.store.find().orElseThrow(Drafts::noDraft);
			IfMatch.allow(ifMatch, draft.revision(), draft::navigation);
			this.store.drop();
			write.record(fact("discard", draft.navigation(), draft.baseNavigation()));
			return draft;
		});
	}

	/**
	 * Makes the draft what everybody sees.
	 * @param ifMatch tag of the live overlay the draft was compared with
	 * @param draftRevision revision of the draft the caller saw, {@code null} for any
	 * @return what is live now, and warnings
	 */
	Published publish(Caller caller, @Nullable String ifMatch, @Nullable Long draftRevision) {
		return this.journal.write(caller, (write) -> {
			Overlay before = this.live.get();
			Draft draft = this.store.find().orElseThrow(Drafts::noDraft);
			if (ifMatch == null || ifMatch.isBlank()) {
				throw new PreconditionMissingException();
			}
			if (draft.base() != before.revision() || !ifMatch.strip().equals(IfMatch.tag(before.revision()))) {
				throw new NavigationConflictException(mergeView(draft, before));
			}
			if (draftRevision != null && draftRevision != draft.revision()) {
				IfMatch.require(IfMatch.tag(draftRevision), draft.revision(), draft::navigation);
			}
			List<LintFinding> findings = this.look.lint(draft.navigation());
			if (findings.stream().anyMatch((finding) -> finding.severity() == Severity.ERROR)) {
				throw new NavigationRefusedException(findings);
			}
			this.store.drop();
			Overlay after = new Overlay(draft.navigation(), write.revision());
			this.live.put(after);
			write.record(
					new AuditFact("navigation.publish", "navigation", null, before.navigation(), after.navigation()));
			return new Published(after.revision(), after.navigation(), findings);
		});
	}

	private DraftView change(Caller caller, @Nullable String ifMatch, String what,
			BiFunction<Draft, Overlay, Draft> change) {
		return this.journal.write(caller, (write) -> {
			Overlay overlay = this.live.get();
			Optional<Draft> found = this.store.find();
			Draft before = found.orElseGet(() -> begun(caller, overlay, write));
			IfMatch.require(ifMatch, before.revision(), before::navigation);
			Draft wanted = change.apply(before, overlay);
			if (wanted.navigation().equals(before.navigation()) && wanted.base() == before.base()) {
				return view(found, overlay);
			}
			if (found.isEmpty()) {
				this.store.add(before, this.undoSteps, write);
			}
			Draft after = new Draft(wanted.navigation(), wanted.base(), wanted.baseNavigation(), before.place() + 1, 0,
					0, write.revision(), write.at(), caller.name());
			this.store.add(after, this.undoSteps, write);
			write.record(fact(what, before.navigation(), after.navigation()));
			return view(this.store.find(), overlay);
		});
	}

	private static Draft begun(Caller caller, Overlay overlay, Write write) {
		return new Draft(overlay.navigation(), overlay.revision(), overlay.navigation(), 0, 0, 0, overlay.revision(),
				write.at(), caller.name());
	}

	private static Draft on(Draft draft, Navigation wanted, long base, Navigation baseNavigation) {
		return new Draft(wanted, base, baseNavigation, draft.place(), 0, 0, draft.revision(), draft.at(), draft.by());
	}

	private static AuditFact fact(String what, Navigation before, Navigation after) {
		ObjectNode old = KeyedNavigation.of(before);
		ObjectNode now = KeyedNavigation.of(after);
		return new AuditFact("navigation-draft." + what, SUBJECT, null, KeyedNavigation.without(old, now),
				KeyedNavigation.without(now, old));
	}

	private static NotFoundException noDraft() {
		return new NotFoundException("draft", "of the navigation");
	}

	private static DraftView view(Optional<Draft> found, Overlay live) {
		return found
			.map((draft) -> new DraftView(true, draft.base(), live.revision(), draft.undo(), draft.redo(), draft.at(),
					draft.by(), draft.revision(), draft.navigation()))
			.orElseGet(() -> new DraftView(false, live.revision(), live.revision(), 0, 0, null, null, live.revision(),
					live.navigation()));
	}

	/**
	 * What was published.
	 *
	 * @param findings warnings and notes of the linter
	 */
	record Published(long revision, Navigation navigation, List<LintFinding> findings) {

	}

}
