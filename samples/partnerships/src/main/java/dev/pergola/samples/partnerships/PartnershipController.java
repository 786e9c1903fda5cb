package dev.pergola.samples.partnerships;

import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Partnerships over HTTP.
 */
@RestController
class PartnershipController {

	private static final int MAX_LIMIT = 200;

	private final PartnershipStore store;

	PartnershipController(PartnershipStore store) {
		this.store = store;
	}

	/** {@code GET /health}: whether the database answers. */
	@GetMapping("/health")
	Map<String, String> health() {
		this.store.find("none");
		return Map.of("status", "UP");
	}

	/**
	 * {@code GET /partnerships}: what matches, by name, and how many there are.
	 * @param limit most items of the answer, 1 to 200
	 */
	@GetMapping("/partnerships")
	PartnershipList list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String status,
			@RequestParam(defaultValue = "") String owner, @RequestParam(defaultValue = "") String organization,
			@RequestParam(defaultValue = "100") int limit, @RequestParam(defaultValue = "0") int offset) {
		List<Partnership> found = this.store.find(new PartnershipQuery(q, status, owner, organization));
		List<Partnership> items = found.stream()
			.skip(Math.max(0, offset))
			.limit(Math.clamp(limit, 1, MAX_LIMIT))
			.toList();
		return new PartnershipList(items, found.size());
	}

	/** {@code GET /partnerships/summary}: number and yearly target of each status. */
	@GetMapping("/partnerships/summary")
	Map<String, StatusSummary> summary() {
		Map<String, StatusSummary> summaries = new LinkedHashMap<>();
		for (Partnership partnership : this.store.find(new PartnershipQuery("", "", "", ""))) {
			summaries.merge(partnership.status(), new StatusSummary(1, partnership.annualTarget()),
					StatusSummary::plus);
		}
		return summaries;
	}

	/** {@code GET /partnerships/{id}}. */
	@GetMapping("/partnerships/{id}")
	ResponseEntity<Partnership> get(@PathVariable String id) {
		return answer(ResponseEntity.ok(), this.store.get(id));
	}

	/** {@code POST /partnerships}: a new partnership; 201 with its address. */
	@PostMapping("/partnerships")
	ResponseEntity<Partnership> add(@RequestBody NewPartnership body) {
		List<PartnershipChange.Finding> findings = body.findings();
		if (!findings.isEmpty()) {
			throw new InvalidPartnershipException(findings);
		}
		Partnership created = this.store.add(body::withId);
		return answer(ResponseEntity.created(URI.create("/partnerships/" + created.id())), created);
	}

	/**
	 * {@code PUT /partnerships/{id}}: saves a change made on the revision
	 * {@code If-Match} names; 412 with the current state when there is a newer one.
	 */
	@PutMapping("/partnerships/{id}")
	ResponseEntity<Partnership> update(@PathVariable String id,
			@RequestHeader(name = "If-Match", required = false) @Nullable String match,
			@RequestBody PartnershipChange change) {
		long revision = revision(match);
		List<PartnershipChange.Finding> findings = change.findings();
		if (!findings.isEmpty()) {
			throw new InvalidPartnershipException(findings);
		}
		return answer(ResponseEntity.ok(), this.store.update(id, revision, change));
	}

	private static long revision(@Nullable String match) {
		if (match == null) {
			throw new ResponseStatusException(HttpStatus.PRECONDITION_REQUIRED, "Say with If-Match what you changed.");
		}
		try {
			return Long.parseLong(match.replaceFirst("^W/", "").replace("\"", ""));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static ResponseEntity<Partnership> answer(ResponseEntity.BodyBuilder answer, Partnership partnership) {
		return answer.header("ETag", partnership.entityTag()).header("Cache-Control", "no-store").body(partnership);
	}

	/** Some partnerships, and how many match in all. */
	record PartnershipList(List<Partnership> items, int total) {

	}

	/** Number of partnerships and sum of their yearly targets. */
	record StatusSummary(int count, long annualTarget) {

		StatusSummary plus(StatusSummary other) {
			return new StatusSummary(this.count + other.count, this.annualTarget + other.annualTarget);
		}

	}

	/** A partnership that does not exist yet. */
	record NewPartnership(@Nullable String name, @Nullable String organizationId, @Nullable String organizationName,
			@Nullable String ownerId, @Nullable String type, @Nullable Long annualTarget,
			@Nullable List<String> industries, @Nullable List<String> regions) {

		List<PartnershipChange.Finding> findings() {
			List<PartnershipChange.Finding> findings = new ArrayList<>(new PartnershipChange(this.name, this.ownerId,
					this.type, "prospect", "registered", this.annualTarget, LocalDate.EPOCH, "", "")
				.findings());
			if (this.organizationId == null || !this.organizationId.matches("[a-z0-9-]{1,64}")) {
				findings.add(new PartnershipChange.Finding("/organizationId", "Name the organization."));
			}
			return findings;
		}

		Partnership withId(String id) {
			LocalDate today = LocalDate.now(ZoneId.systemDefault());
			String organization = Objects.requireNonNull(this.organizationId);
			return new Partnership(id, Objects.requireNonNull(this.name).strip(), organization,
					Objects.requireNonNullElse(this.organizationName, organization),
					Objects.requireNonNull(this.ownerId), Objects.requireNonNull(this.type), "prospect", "registered",
					Objects.requireNonNullElse(this.industries, List.of()),
					Objects.requireNonNullElse(this.regions, List.of()), Objects.requireNonNull(this.annualTarget),
					"EUR", today, today, "", "", 1);
		}

	}

}
