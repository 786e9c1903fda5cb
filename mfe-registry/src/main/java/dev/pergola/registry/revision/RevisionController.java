package dev.pergola.registry.revision;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.Person;
import dev.pergola.registry.revision.Restorer.Restored;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows revisions and restores them.
 */
@RestController
public class RevisionController {

	private static final int MAX_LIMIT = 200;

	private final Journal journal;

	private final RevisionStore revisions;

	private final PastCatalogs catalogs;

	private final Differences differences;

	private final Restorer restorer;

	public RevisionController(Journal journal, RevisionStore revisions, PastCatalogs catalogs, Differences differences,
			Restorer restorer) {
		this.journal = journal;
		this.revisions = revisions;
		this.catalogs = catalogs;
		this.differences = differences;
		this.restorer = restorer;
	}

	/**
	 * {@code GET /registry/v1/revisions}: newest first; the {@code ETag} is the current
	 * revision's.
	 * @param module only those that touched this module
	 * @param at only those written by then: the first is the revision of that moment
	 * @param before {@code next} of the page before
	 * @param limit revisions per page, 1 to 200
	 */
	@GetMapping("/registry/v1/revisions")
	ResponseEntity<RevisionPage> revisions(@RequestParam(required = false) @Nullable String module,
			@RequestParam(required = false) @Nullable String at,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
			@RequestParam(defaultValue = "50") int limit) {
		int size = Math.clamp(limit, 1, MAX_LIMIT);
		long current = this.journal.revision().number();
		List<RevisionEntry> page = this.revisions.before(before, moment(at), module, size);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(current))
			.body(new RevisionPage(page, (page.size() == size) ? page.getLast().revision() : null));
	}

	/**
	 * {@code GET /registry/v1/revisions/{revision}/catalog}: the whole, or as it was
	 * served to somebody.
	 * @param query {@code subject}, {@code tenant}, and {@code role}, {@code permission}
	 * and {@code group} any number of times; without a subject what most people got
	 */
	@GetMapping("/registry/v1/revisions/{revision}/catalog")
	ResponseEntity<Object> catalog(@PathVariable long revision, @RequestParam MultiValueMap<String, String> query) {
		var catalog = this.catalogs.at(revision);
		Person person = person(query);
		Object body = (person != null) ? Server.serve(catalog, person)
				: new String(CatalogJson.write(catalog), StandardCharsets.UTF_8);
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
	}

	/**
	 * {@code GET /registry/v1/revisions/diff?from=…&to=…}: what is different, also for
	 * somebody when the query describes them.
	 * @param to the current revision when it is left out
	 */
	@GetMapping("/registry/v1/revisions/diff")
	Difference difference(@RequestParam long from, @RequestParam(required = false) @Nullable Long to,
			@RequestParam MultiValueMap<String, String> query) {
		return this.differences.between(from, (to != null) ? to : this.journal.revision().number(), person(query));
	}

	/**
	 * {@code POST /registry/v1/revisions/{revision}/restore}: what was, as a new
	 * revision. {@code If-Match} is the current revision's {@code ETag}.
	 * @param module the one module to restore
	 */
	@PostMapping("/registry/v1/revisions/{revision}/restore")
	ResponseEntity<Restored> restore(Caller caller, @PathVariable long revision,
			@RequestParam(required = false) @Nullable String module,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		Restored restored = this.restorer.restore(caller, revision, module, ifMatch);
		return ResponseEntity.ok().eTag(IfMatch.tag(restored.revision())).body(restored);
	}

	private static @Nullable Person person(MultiValueMap<String, String> query) {
		return Person.isIn(query) ? Person.in(query) : null;
	}

	private static @Nullable Instant moment(@Nullable String at) {
		try {
			return (at != null) ? OffsetDateTime.parse(at).toInstant() : null;
		}
		catch (DateTimeParseException ex) {
			throw new InvalidRequestException("the question cannot be answered", "/at",
					"must be a moment such as 2026-11-22T14:05:00Z");
		}
	}

	/**
	 * A page of revisions.
	 *
	 * @param next value of {@code before} for the next page, {@code null} on the last
	 */
	record RevisionPage(List<RevisionEntry> revisions, @Nullable Long next) {

	}

}
