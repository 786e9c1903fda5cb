package dev.pergola.registry.navigation;

import java.util.List;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.navigation.NavigationStore.Overlay;
import dev.pergola.registry.navigation.yaml.NavigationYaml;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and writes the overlay.
 */
@RestController
public class NavigationController {

	private final Journal journal;

	private final NavigationStore store;

	private final Drafts drafts;

	private final NavigationLook look;

	public NavigationController(Journal journal, NavigationStore store, Drafts drafts, NavigationLook look) {
		this.journal = journal;
		this.store = store;
		this.drafts = drafts;
		this.look = look;
	}

	/**
	 * {@code GET /registry/v1/navigation}: JSON, or YAML with {@code format=yaml} or
	 * {@code Accept: application/yaml}.
	 * @param of {@code draft} for the draft, with YAML
	 */
	@GetMapping("/registry/v1/navigation")
	ResponseEntity<?> get(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
			@RequestParam(defaultValue = "json") String format, @RequestParam(defaultValue = "live") String of) {
		boolean yaml = format.equals("yaml") || accept != null && accept.startsWith(NavigationBody.YAML.toString());
		return yaml ? yaml(of.equals("draft")) : answer(this.store.get());
	}

	private ResponseEntity<String> yaml(boolean ofDraft) {
		Overlay live = this.store.get();
		DraftView draft = this.drafts.get();
		Navigation navigation = ofDraft ? draft.navigation() : live.navigation();
		String text = NavigationYaml.write(navigation, ofDraft ? draft.base() : live.revision(), this.look.proposed());
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(ofDraft ? draft.revision() : live.revision()))
			.contentType(NavigationBody.YAML)
			.body(text);
	}

	/**
	 * {@code PUT /registry/v1/navigation}: needs {@code If-Match}; 412 answers with the
	 * current overlay.
	 */
	@PutMapping("/registry/v1/navigation")
	ResponseEntity<Navigation> put(Caller caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		Navigation wanted = JsonBody.read(body, Navigation.class);
		List<Finding> findings = NavigationRules.findings(wanted);
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the navigation cannot be arranged so", findings);
		}
		return answer(this.journal.write(caller, (write) -> {
			Overlay before = this.store.get();
			IfMatch.require(ifMatch, before.revision(), before::navigation);
			if (before.navigation().equals(wanted)) {
				return before;
			}
			Overlay after = new Overlay(wanted, write.revision());
			this.store.put(after);
			write.record(new AuditFact("navigation.change", "navigation", null, before.navigation(), wanted));
			return after;
		}));
	}

	private static ResponseEntity<Navigation> answer(Overlay overlay) {
		return ResponseEntity.ok().eTag(IfMatch.tag(overlay.revision())).body(overlay.navigation());
	}

}
