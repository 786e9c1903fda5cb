package dev.pergola.registry.ownership;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.team.Team;
import dev.pergola.registry.team.TeamStore;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows teams, and writes where they may be reached and their services may be.
 */
@RestController
public class TeamController {

	private final Journal journal;

	private final TeamStore store;

	private final Teams teams;

	public TeamController(Journal journal, TeamStore store, Teams teams) {
		this.journal = journal;
		this.store = store;
		this.teams = teams;
	}

	/** {@code GET /registry/v1/teams}: all, in the order of their names. */
	@GetMapping("/registry/v1/teams")
	List<TeamSummary> all(Caller caller) {
		return this.teams.names().stream().map((name) -> TeamSummary.of(this.teams.look(name), caller)).toList();
	}

	/**
	 * {@code GET /registry/v1/teams/{team}}: for administrators and developers of the
	 * team.
	 */
	@GetMapping("/registry/v1/teams/{team}")
	ResponseEntity<TeamDetails> one(Caller caller, @PathVariable String team) {
		caller.requireManage(team);
		return answer(this.teams.get(team));
	}

	/**
	 * {@code PUT /registry/v1/teams/{team}}: makes a team, or changes contact and hosts
	 * of the one that {@code If-Match} names.
	 */
	@PutMapping("/registry/v1/teams/{team}")
	ResponseEntity<TeamDetails> put(Caller caller, @PathVariable String team,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		if (!Team.isName(team)) {
			throw new NotFoundException("team", team);
		}
		TeamRequest request = JsonBody.read(body, TeamRequest.class);
		List<Finding> findings = request.findings();
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the team cannot be written so", findings);
		}
		return answer(this.journal.write(caller, (write) -> {
			TeamDetails before = this.teams.look(team);
			requireSeen(ifMatch, before);
			List<String> hosts = request.distinctHosts();
			Map<String, @Nullable Object> after = state(request.contact(), hosts);
			if (before.revision() > 0 && after.equals(state(before.contact(), before.hosts()))) {
				return before;
			}
			this.store.put(team, request.contact(), hosts, write.revision(), write.at());
			write.record(new AuditFact("team.change", team, null,
					(before.revision() > 0) ? state(before.contact(), before.hosts()) : null, after));
			return this.teams.look(team);
		}));
	}

	/** A team nobody wrote about yet has no state one could have missed. */
	static void requireSeen(@Nullable String ifMatch, TeamDetails current) {
		if (current.revision() > 0) {
			IfMatch.require(ifMatch, current.revision(), () -> current);
		}
		else {
			IfMatch.allow(ifMatch, 0, () -> current);
		}
	}

	static ResponseEntity<TeamDetails> answer(TeamDetails team) {
		return ResponseEntity.ok().eTag(IfMatch.tag(team.revision())).body(team);
	}

	private static Map<String, @Nullable Object> state(@Nullable String contact, List<String> hosts) {
		Map<String, @Nullable Object> state = new LinkedHashMap<>();
		state.put("contact", contact);
		state.put("hosts", hosts);
		return state;
	}

	/**
	 * A team in the list.
	 *
	 * @param hosts all hosts its upstreams may be at
	 * @param mine whether the caller may act for it as one of its people
	 */
	record TeamSummary(String team, @Nullable String contact, List<String> hosts, int members, List<String> modules,
			boolean mine, long revision) {

		static TeamSummary of(TeamDetails team, Caller caller) {
			return new TeamSummary(team.team(), team.contact(),
					Stream.concat(team.settingsHosts().stream(), team.hosts().stream()).distinct().toList(),
					team.members().size(), team.modules(),
					caller.authorities().contains(Caller.teamAuthority(team.team())), team.revision());
		}

	}

}
