package dev.pergola.registry.ownership;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.conflict.Reservations;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.Hosts;
import dev.pergola.registry.team.Team;
import dev.pergola.registry.team.TeamHosts;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands modules over from team to team.
 */
@RestController
public class HandOverController {

	private final Journal journal;

	private final ModuleStore modules;

	private final LiveManifests live;

	private final TeamHosts hosts;

	private final ReservationStore reservations;

	public HandOverController(Journal journal, ModuleStore modules, LiveManifests live, TeamHosts hosts,
			ReservationStore reservations) {
		this.journal = journal;
		this.modules = modules;
		this.live = live;
		this.hosts = hosts;
		this.reservations = reservations;
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/team}: the owner afterwards. 422 when what
	 * is live needs a host or a name that the team may not use. {@code If-Match} is the
	 * {@code ETag} of the module and may be left out.
	 */
	@PutMapping("/registry/v1/modules/{module}/team")
	ResponseEntity<Owner> handOver(Caller caller, @PathVariable String module,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		String team = Objects.requireNonNullElse(JsonBody.read(body, OwnerRequest.class).team(), "");
		if (!Team.isName(team)) {
			throw refused(List.of(Findings.at("/team", "must be the name of a team")));
		}
		Module after = this.journal.write(caller, (write) -> {
			Module before = this.modules.get(module);
			IfMatch.allow(ifMatch, before.revision(), () -> new Owner(module, before.team()));
			if (before.team().equals(team)) {
				return before;
			}
			List<Finding> findings = findings(module, team);
			if (!findings.isEmpty()) {
				throw refused(findings);
			}
			this.modules.setTeam(module, team, write.revision());
			write.record(new AuditFact("module.hand-over", module, module, new Owner(module, before.team()),
					new Owner(module, team)));
			return this.modules.get(module);
		});
		return ResponseEntity.ok().eTag(IfMatch.tag(after.revision())).body(new Owner(after.name(), after.team()));
	}

	private List<Finding> findings(String module, String team) {
		Hosts allowed = this.hosts.load();
		Reservations reserved = this.reservations.load();
		List<Finding> findings = new ArrayList<>();
		for (Manifest manifest : this.live.load().getOrDefault(module, Map.of()).values()) {
			URI declared = (manifest.upstream() != null) ? manifest.upstream().url() : null;
			URI url = allowed.upstream(module, declared);
			if (url != null && !allowed.allows(team, url)) {
				findings.add(Findings.at("/team", "version %s needs host %s, which is not on the list of team %s"
					.formatted(manifest.version(), url.getAuthority(), team)));
			}
			reserved.of(team, manifest)
				.forEach((finding) -> findings
					.add(Findings.at("/team", "version %s: %s".formatted(manifest.version(), finding.message()))));
		}
		return findings;
	}

	private static InvalidRequestException refused(List<Finding> findings) {
		return new InvalidRequestException("the module cannot be handed over", findings);
	}

	/** Body of {@code PUT …/team}. */
	record OwnerRequest(@Nullable String team) {

	}

	/** Whose module it is. */
	record Owner(String module, String team) {

	}

}
