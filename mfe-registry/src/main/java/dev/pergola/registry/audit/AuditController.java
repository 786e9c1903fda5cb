package dev.pergola.registry.audit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads the audit.
 */
@RestController
public class AuditController {

	private static final int MAX_LIMIT = 200;

	private final AuditStore store;

	public AuditController(AuditStore store) {
		this.store = store;
	}

	/**
	 * {@code GET /registry/v1/audit}: newest first.
	 * @param module only entries of this module
	 * @param before {@code next} of the page before
	 * @param limit entries per page, 1 to 200
	 */
	@GetMapping("/registry/v1/audit")
	AuditPage audit(@RequestParam(required = false) @Nullable String module,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
			@RequestParam(defaultValue = "50") int limit) {
		int size = Math.clamp(limit, 1, MAX_LIMIT);
		List<AuditEntry> entries = this.store.before(before, module, size);
		return new AuditPage(entries, (entries.size() == size) ? entries.getLast().id() : null);
	}

	/**
	 * A page of the audit.
	 *
	 * @param next value of {@code before} for the next page, {@code null} on the last
	 */
	record AuditPage(List<AuditEntry> entries, @Nullable Long next) {

	}

}
