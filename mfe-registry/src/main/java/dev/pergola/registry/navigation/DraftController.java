package dev.pergola.registry.navigation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.navigation.Drafts.Published;
import dev.pergola.registry.navigation.NavigationChange.Affected;
import dev.pergola.registry.navigation.NavigationMerge.Side;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and changes the draft. Every write needs {@code If-Match} with the draft's tag,
 * but for publishing, which needs that of the live overlay.
 */
@RestController
public class DraftController {

	private static final String DRAFT = "/registry/v1/navigation/draft";

	private final Drafts drafts;

	private final NavigationStore live;

	private final NavigationLook look;

	private final int maxBytes;

	public DraftController(Drafts drafts, NavigationStore live, NavigationLook look, NavigationProperties properties) {
		this.drafts = drafts;
		this.live = live;
		this.look = look;
		this.maxBytes = Math.toIntExact(properties.maxSize().toBytes());
	}

	/** {@code GET /registry/v1/navigation/draft}: the live overlay when none is begun. */
	@GetMapping(DRAFT)
	ResponseEntity<DraftView> get() {
		return answer(this.drafts.get());
	}

	/**
	 * {@code PUT /registry/v1/navigation/draft}: an overlay as JSON or
	 * {@code application/yaml}. YAML says with {@code revision} what it is based on, and
	 * replaces everything when it does not.
	 */
	@PutMapping(DRAFT)
	ResponseEntity<DraftView> put(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request) {
		NavigationBody body = NavigationBody.read(request, this.maxBytes);
		return answer(this.drafts.save(caller, ifMatch, body.navigation(), body.revision()));
	}

	/**
	 * {@code DELETE /registry/v1/navigation/draft}: drops it ({@code If-Match} optional).
	 */
	@DeleteMapping(DRAFT)
	ResponseEntity<Void> delete(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		this.drafts.discard(caller, ifMatch);
		return ResponseEntity.noContent().build();
	}

	/**
	 * {@code GET /registry/v1/navigation/draft/diff}: what the draft changes of its base.
	 */
	@GetMapping(DRAFT + "/diff")
	Diff diff() {
		DraftView draft = this.drafts.get();
		Navigation base = draft.begun() && draft.base() != draft.live() ? this.drafts.merge().base()
				: this.live.get().navigation();
		return Diff.of(draft.base(), draft.live(), this.look.diff(base, draft.navigation()));
	}

	/**
	 * {@code POST /registry/v1/navigation/draft/diff}: what an overlay would change of
	 * the live one.
	 */
	@PostMapping(DRAFT + "/diff")
	Diff diff(ServerHttpRequest request) {
		Navigation wanted = NavigationBody.read(request, this.maxBytes).navigation();
		List<dev.pergola.manifests.Finding> findings = NavigationRules.findings(wanted);
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the navigation cannot be arranged so", findings);
		}
		NavigationStore.Overlay overlay = this.live.get();
		return Diff.of(overlay.revision(), overlay.revision(), this.look.diff(overlay.navigation(), wanted));
	}

	/** {@code POST /registry/v1/navigation/draft/undo}. */
	@PostMapping(DRAFT + "/undo")
	ResponseEntity<DraftView> undo(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		return answer(this.drafts.step(caller, ifMatch, -1));
	}

	/** {@code POST /registry/v1/navigation/draft/redo}. */
	@PostMapping(DRAFT + "/redo")
	ResponseEntity<DraftView> redo(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		return answer(this.drafts.step(caller, ifMatch, 1));
	}

	/** {@code GET /registry/v1/navigation/draft/merge}: the draft beside what is live. */
	@GetMapping(DRAFT + "/merge")
	MergeView merge() {
		return this.drafts.merge();
	}

	/**
	 * {@code POST /registry/v1/navigation/draft/merge}: bases the draft on what is live.
	 * @param body {@code {"choices": {"<path of a conflict>": "base|theirs|yours"}}}
	 */
	@PostMapping(DRAFT + "/merge")
	ResponseEntity<DraftView> merge(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		Map<String, Side> choices = JsonBody.read(body, Choices.class)
			.choices()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (choice) -> side(choice.getKey(), choice.getValue())));
		return answer(this.drafts.merge(caller, ifMatch, choices));
	}

	/**
	 * {@code POST /registry/v1/navigation/draft/publish}: needs {@code If-Match} with the
	 * tag of the live overlay; 412 with base, theirs, yours and both merged, 422 with
	 * what the linter found.
	 * @param draft revision of the draft that was looked at; 412 when it changed since
	 */
	@PostMapping(DRAFT + "/publish")
	ResponseEntity<Published> publish(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestParam(required = false) @Nullable Long draft) {
		Published published = this.drafts.publish(caller, ifMatch, draft);
		return ResponseEntity.ok().eTag(IfMatch.tag(published.revision())).body(published);
	}

	private static Side side(String path, String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "base" -> Side.BASE;
			case "theirs" -> Side.THEIRS;
			case "yours" -> Side.YOURS;
			default -> throw new InvalidRequestException("the conflicts cannot be settled so", path,
					"must be base, theirs or yours");
		};
	}

	private static ResponseEntity<DraftView> answer(DraftView view) {
		return ResponseEntity.ok().eTag(IfMatch.tag(view.revision())).body(view);
	}

	/**
	 * What was chosen at conflicts.
	 */
	record Choices(Map<String, String> choices) {

		Choices {
			choices = (choices != null) ? Map.copyOf(choices) : Map.of();
		}

	}

	/**
	 * What changes.
	 *
	 * @param base revision it is compared with
	 * @param live revision that is live
	 * @param affected whom all of it concerns
	 */
	record Diff(long base, long live, List<NavigationChange> changes, Affected affected) {

		static Diff of(long base, long live, List<NavigationChange> changes) {
			return new Diff(base, live, changes, Affected.all(changes));
		}

	}

}
