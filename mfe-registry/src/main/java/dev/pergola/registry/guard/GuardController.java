package dev.pergola.registry.guard;

import java.time.Instant;
import java.util.Locale;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.guard.GuardStore.Guard;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.JsonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows and sets guards.
 */
@RestController
public class GuardController {

	private final Guards guards;

	public GuardController(Guards guards) {
		this.guards = guards;
	}

	/**
	 * {@code GET /registry/v1/modules/{module}/guard}: its rules and where it stands;
	 * without rules, and {@code ETag "0"}, when none was set.
	 */
	@GetMapping("/registry/v1/modules/{module}/guard")
	ResponseEntity<GuardView> guard(@PathVariable String module) {
		return this.guards.find(module)
			.map(GuardController::answer)
			.orElseGet(() -> ResponseEntity.ok()
				.eTag(IfMatch.tag(0))
				.body(new GuardView(module, null, "off", null, null, null, null, null, null)));
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/guard}: the guard afterwards.
	 * {@code If-Match} is the {@code ETag} of the guard.
	 */
	@PutMapping("/registry/v1/modules/{module}/guard")
	ResponseEntity<GuardView> change(Caller caller, @PathVariable String module,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		return answer(this.guards.change(caller, module, JsonBody.read(body, GuardRequest.class).rules(), ifMatch));
	}

	/**
	 * {@code POST /registry/v1/modules/{module}/guard/resume}: puts back what the guard
	 * took away, and counts from zero.
	 */
	@PostMapping("/registry/v1/modules/{module}/guard/resume")
	ResponseEntity<GuardView> resume(Caller caller, @PathVariable String module) {
		return answer(this.guards.resume(caller, module));
	}

	private static ResponseEntity<GuardView> answer(Guard guard) {
		Watch watch = guard.watch();
		boolean stopped = watch.state() == Watch.State.STOPPED;
		String state = guard.rules().enabled() || stopped ? watch.state().name().toLowerCase(Locale.ROOT) : "off";
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(guard.revision()))
			.body(new GuardView(guard.module(), guard.rules(), state, watch.newer(), watch.older(), watch.since(),
					watch.verdict(), watch.stoppedAt(), stopped ? watch.verdict() : null));
	}

	/**
	 * A guard.
	 *
	 * @param rules {@code null} when none are set
	 * @param state {@code off}, {@code idle}, {@code watching} or {@code stopped}
	 * @param since when the newer version's share was first seen
	 * @param verdict what it saw last, with numbers
	 * @param reason why it took the rollout back
	 */
	record GuardView(String module, @Nullable GuardRules rules, String state, @Nullable String newer,
			@Nullable String older, @Nullable Instant since, @Nullable String verdict, @Nullable Instant stoppedAt,
			@Nullable String reason) {

	}

}
