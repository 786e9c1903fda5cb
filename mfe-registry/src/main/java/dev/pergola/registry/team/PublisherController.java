package dev.pergola.registry.team;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.request.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets CI systems publish for teams.
 */
@RestController
public class PublisherController {

	private final Journal journal;

	private final PublisherStore store;

	private final TeamStore teams;

	private final PublisherProperties properties;

	public PublisherController(Journal journal, PublisherStore store, TeamStore teams, PublisherProperties properties) {
		this.journal = journal;
		this.store = store;
		this.teams = teams;
		this.properties = properties;
	}

	/** {@code GET /registry/v1/teams/{team}/publishers}: oldest first. */
	@GetMapping("/registry/v1/teams/{team}/publishers")
	List<TeamPublisher> list(Caller caller, @PathVariable String team) {
		requireTeam(caller, team);
		return this.store.of(team);
	}

	/** {@code POST /registry/v1/teams/{team}/publishers}: 201 with the publisher. */
	@PostMapping("/registry/v1/teams/{team}/publishers")
	@ResponseStatus(HttpStatus.CREATED)
	TeamPublisher add(Caller caller, @PathVariable String team, @RequestBody byte[] body) {
		requireTeam(caller, team);
		PublisherRequest request = JsonBody.read(body, PublisherRequest.class);
		List<Finding> findings = request.findings(this.properties);
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the publisher cannot be added so", findings);
		}
		return this.journal.write(caller, (write) -> {
			TeamPublisher publisher = new TeamPublisher(UUID.randomUUID().toString(), team,
					Objects.requireNonNull(request.name()), Objects.requireNonNull(request.issuer()),
					request.audience(), Objects.requireNonNull(request.subject()), request.exactClaims(), write.at(),
					caller.name());
			this.teams.touch(team, write.revision(), write.at());
			this.store.add(publisher);
			write.record(new AuditFact("publisher.add", team + "/" + publisher.id(), null, null, state(publisher)));
			return publisher;
		});
	}

	/**
	 * {@code DELETE /registry/v1/teams/{team}/publishers/{id}}: 204, also when repeated.
	 */
	@DeleteMapping("/registry/v1/teams/{team}/publishers/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(Caller caller, @PathVariable String team, @PathVariable String id) {
		requireTeam(caller, team);
		this.journal.write(caller, (write) -> {
			this.store.find(team, id).ifPresent((publisher) -> {
				this.teams.touch(team, write.revision(), write.at());
				this.store.remove(team, id);
				write.record(new AuditFact("publisher.remove", team + "/" + id, null, state(publisher), null));
			});
			return team;
		});
	}

	private static void requireTeam(Caller caller, String team) {
		caller.requireManage(team);
		if (!Team.isName(team)) {
			throw new NotFoundException("team", team);
		}
	}

	private static Map<String, @Nullable Object> state(TeamPublisher publisher) {
		Map<String, @Nullable Object> state = new LinkedHashMap<>();
		state.put("name", publisher.name());
		state.put("issuer", publisher.issuer());
		state.put("audience", publisher.audience());
		state.put("subject", publisher.subject());
		state.put("claims", publisher.claims());
		return state;
	}

}
