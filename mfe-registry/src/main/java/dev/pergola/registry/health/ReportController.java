package dev.pergola.registry.health;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.request.JsonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hears of the health of modules.
 */
@RestController
public class ReportController {

	private final Reports reports;

	private final HealthProperties properties;

	public ReportController(Reports reports, HealthProperties properties) {
		this.reports = reports;
		this.properties = properties;
	}

	/**
	 * {@code POST /registry/v1/reports}: what a tab of a signed-in person measured. Not a
	 * write of the catalog: it takes no revision and is not audited.
	 */
	@PostMapping("/registry/v1/reports")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void report(Caller caller, @RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String agent,
			@RequestBody byte[] body) {
		if (caller.kind() != Caller.Kind.PERSON) {
			throw new AccessDeniedException("people report");
		}
		this.reports.admit(caller.name());
		if (body.length > this.properties.maxBody().toBytes()) {
			throw new DataBufferLimitException("report: more than " + this.properties.maxBody());
		}
		this.reports.take(caller.name(), JsonBody.read(body, ReportRequest.class), ErrorSeen.browser(agent));
	}

}
