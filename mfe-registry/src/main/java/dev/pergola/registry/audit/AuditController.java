package dev.pergola.registry.audit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads the audit.
 */
@RestController
public class AuditController implements AutoCloseable {

	private static final int MAX_LIMIT = 200;

	private final AuditStore store;

	private final Scheduler blocking = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(),
			"registry-audit");

	public AuditController(AuditStore store) {
		this.store = store;
	}

	/**
	 * {@code GET /registry/v1/audit}: newest first.
	 * @param query see {@link AuditFilter}
	 * @param before {@code next} of the page before
	 * @param limit entries per page, 1 to 200
	 */
	@GetMapping(path = "/registry/v1/audit", params = "!format")
	AuditPage audit(@RequestParam Map<String, String> query,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
			@RequestParam(defaultValue = "50") int limit) {
		int size = Math.clamp(limit, 1, MAX_LIMIT);
		List<AuditEntry> entries = this.store.before(before, AuditFilter.of(query), size);
		return new AuditPage(entries, (entries.size() == size) ? entries.getLast().id() : null);
	}

	/**
	 * {@code GET /registry/v1/audit?format=csv}: all entries the filter lets through, as
	 * a file.
	 * @param format {@code csv} or {@code ndjson}
	 * @param before id the entries are below
	 * @param limit most entries
	 */
	@GetMapping(path = "/registry/v1/audit", params = "format")
	ResponseEntity<Flux<DataBuffer>> export(@RequestParam Map<String, String> query, @RequestParam String format,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
			@RequestParam(defaultValue = "" + Long.MAX_VALUE) long limit) {
		AuditExport export = AuditExport.of(format);
		AuditFilter filter = AuditFilter.of(query);
		ContentDisposition file = ContentDisposition.attachment().filename("audit." + export.extension()).build();
		return ResponseEntity.ok()
			.contentType(export.type())
			.header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
			.body(export.write((id) -> this.store.before(Math.min(id, before), filter, MAX_LIMIT), Math.max(limit, 1))
				.subscribeOn(this.blocking));
	}

	@Override
	public void close() {
		this.blocking.dispose();
	}

	/**
	 * A page of the audit.
	 *
	 * @param next value of {@code before} for the next page, {@code null} on the last
	 */
	record AuditPage(List<AuditEntry> entries, @Nullable Long next) {

	}

}
