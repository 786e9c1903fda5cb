package dev.pergola.registry.team;

import java.util.List;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.team.Team.Member;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Puts people in teams. It does not make them developers: that role is the identity
 * provider's to give.
 */
@RestController
public class MemberController {

	private static final int MAX_SUBJECT = 200;

	private final Journal journal;

	private final TeamStore store;

	public MemberController(Journal journal, TeamStore store) {
		this.journal = journal;
		this.store = store;
	}

	/**
	 * {@code PUT /registry/v1/teams/{team}/members/{subject}}: 204, also when they are in
	 * it.
	 */
	@PutMapping("/registry/v1/teams/{team}/members/{subject}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void add(Caller caller, @PathVariable String team, @PathVariable String subject) {
		requireTeam(caller, team);
		if (subject.isBlank() || subject.length() > MAX_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidRequestException("nobody can be called so", "/subject",
					"must be 1 to %d printable characters".formatted(MAX_SUBJECT));
		}
		this.journal.write(caller, (write) -> {
			List<String> before = subjects(team);
			if (!before.contains(subject)) {
				this.store.touch(team, write.revision(), write.at());
				this.store.addMember(team, new Member(subject, write.at(), caller.name()));
				write.record(new AuditFact("member.add", team + "/" + subject, null, before, subjects(team)));
			}
			return team;
		});
	}

	/**
	 * {@code DELETE /registry/v1/teams/{team}/members/{subject}}: 204, also when
	 * repeated.
	 */
	@DeleteMapping("/registry/v1/teams/{team}/members/{subject}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(Caller caller, @PathVariable String team, @PathVariable String subject) {
		requireTeam(caller, team);
		this.journal.write(caller, (write) -> {
			List<String> before = subjects(team);
			if (before.contains(subject)) {
				this.store.touch(team, write.revision(), write.at());
				this.store.removeMember(team, subject);
				write.record(new AuditFact("member.remove", team + "/" + subject, null, before, subjects(team)));
			}
			return team;
		});
	}

	private List<String> subjects(String team) {
		return this.store.get(team).members().stream().map(Member::subject).toList();
	}

	private static void requireTeam(Caller caller, String team) {
		caller.requireManage(team);
		if (!Team.isName(team)) {
			throw new NotFoundException("team", team);
		}
	}

}
