package dev.pergola.registry.module;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.module.ModuleStates.StateRequest;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.JsonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches modules off and on.
 */
@RestController
public class StateController {

	private final ModuleStates states;

	private final VersionStates versions;

	public StateController(ModuleStates states, VersionStates versions) {
		this.states = states;
		this.versions = versions;
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/state}: the state afterwards.
	 * {@code If-Match} is the {@code ETag} of the module and may be left out.
	 */
	@PutMapping("/registry/v1/modules/{module}/state")
	ResponseEntity<State> change(Caller caller, @PathVariable String module,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		Module after = this.states.change(caller, module, JsonBody.read(body, StateRequest.class), ifMatch);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(after.revision()))
			.body(new State(after.name(), after.enabled(), after.reason()));
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/versions/{version}/state}: the state
	 * afterwards. {@code If-Match} is the {@code ETag} of the module and may be left out.
	 */
	@PutMapping("/registry/v1/modules/{module}/versions/{version}/state")
	ResponseEntity<VersionState> change(Caller caller, @PathVariable String module, @PathVariable String version,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		StateRequest request = JsonBody.read(body, StateRequest.class);
		long revision = this.versions.change(caller, module, version, request, ifMatch);
		boolean enabled = Boolean.TRUE.equals(request.enabled());
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(revision))
			.body(new VersionState(module, version, enabled, enabled ? null : request.reason()));
	}

	/** Whether a version is on, and why not. */
	record VersionState(String module, String version, boolean enabled, @Nullable String reason) {

	}

	/** Whether a module is on, and why not. */
	record State(String module, boolean enabled, @Nullable String reason) {

	}

}
