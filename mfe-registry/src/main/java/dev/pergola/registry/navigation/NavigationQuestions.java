package dev.pergola.registry.navigation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.navigation.NavigationLook.Menu;
import dev.pergola.registry.navigation.NavigationVersions.Version;
import dev.pergola.registry.navigation.lint.LintFinding;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.Person;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what one may ask of the navigation; {@code of=draft} asks of the draft.
 */
@RestController
public class NavigationQuestions {

	private static final int MAX_VERSIONS = 200;

	private final Journal journal;

	private final NavigationStore live;

	private final Drafts drafts;

	private final NavigationVersions versions;

	private final NavigationLook look;

	public NavigationQuestions(Journal journal, NavigationStore live, Drafts drafts, NavigationVersions versions,
			NavigationLook look) {
		this.journal = journal;
		this.live = live;
		this.drafts = drafts;
		this.versions = versions;
		this.look = look;
	}

	/**
	 * {@code GET /registry/v1/navigation/lint?of=draft}: what the linter finds, errors
	 * first.
	 */
	@GetMapping("/registry/v1/navigation/lint")
	List<LintFinding> lint(@RequestParam(defaultValue = "live") String of) {
		return this.look.lint(overlay(of));
	}

	/**
	 * {@code GET /registry/v1/navigation/why?item=module/id&subject=…&role=…}: why
	 * somebody sees an item, or does not, in the version they get. Asking about a person
	 * by name is audited.
	 * @param query {@code subject} and {@code tenant}, and {@code role},
	 * {@code permission} and {@code group} any number of times; without a subject about
	 * what most people get
	 */
	@GetMapping("/registry/v1/navigation/why")
	Why why(Caller caller, @RequestParam String item, @RequestParam(defaultValue = "live") String of,
			@RequestParam MultiValueMap<String, String> query) {
		if (item.indexOf('/') < 0) {
			throw new InvalidRequestException("the question cannot be answered", "/item",
					"must be module/id, or /id for a link");
		}
		Person person = Person.in(query);
		Why why = this.look.why(overlay(of), item, person);
		if (!person.isNobodyInParticular()) {
			Map<String, Object> asked = asked(of, person);
			asked.put("item", item);
			this.journal.note(caller, new AuditFact("navigation.why", "navigation", null, null, asked));
		}
		return why;
	}

	/**
	 * {@code GET /registry/v1/navigation/preview?subject=…&role=…&language=de}: the menu
	 * of somebody, in the versions they get. Looking as somebody else is audited.
	 * @param query as of {@link #why}
	 */
	@GetMapping("/registry/v1/navigation/preview")
	List<Menu> preview(Caller caller, @RequestParam(defaultValue = "live") String of,
			@RequestParam(defaultValue = "en") String language, @RequestParam MultiValueMap<String, String> query) {
		Person person = Person.in(query);
		List<Menu> menu = this.look.preview(overlay(of), person, Locale.forLanguageTag(language));
		this.journal.note(caller, new AuditFact("navigation.preview", "navigation", null, null, asked(of, person)));
		return menu;
	}

	/** What the audit keeps of a question; {@code roles} are roles and permissions. */
	private static Map<String, Object> asked(String of, Person person) {
		Map<String, Object> asked = new LinkedHashMap<>();
		asked.put("of", of);
		if (!person.isNobodyInParticular()) {
			asked.put("subject", person.audience().subject());
		}
		if (person.audience().tenant() != null) {
			asked.put("tenant", person.audience().tenant());
		}
		asked.put("roles", new TreeSet<>(person.names()));
		asked.put("groups", new TreeSet<>(person.audience().groups()));
		return asked;
	}

	/** {@code GET /registry/v1/navigation/versions}: what was published, newest first. */
	@GetMapping("/registry/v1/navigation/versions")
	List<Version> versions(@RequestParam(defaultValue = "50") int limit) {
		return this.versions.newest(Math.clamp(limit, 1, MAX_VERSIONS));
	}

	/**
	 * {@code POST /registry/v1/navigation/versions/{revision}/restore}: makes the version
	 * the draft; needs {@code If-Match} with the draft's tag.
	 */
	@PostMapping("/registry/v1/navigation/versions/{revision}/restore")
	ResponseEntity<DraftView> restore(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@PathVariable long revision) {
		DraftView view = this.drafts.restore(caller, ifMatch, revision);
		return ResponseEntity.ok().eTag(IfMatch.tag(view.revision())).body(view);
	}

	private Navigation overlay(String of) {
		return switch (of) {
			case "live" -> this.live.get().navigation();
			case "draft" -> this.drafts.get().navigation();
			default ->
				throw new InvalidRequestException("the question cannot be answered", "/of", "must be live or draft");
		};
	}

}
