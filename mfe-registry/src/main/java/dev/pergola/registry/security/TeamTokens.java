package dev.pergola.registry.security;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.team.TeamToken;
import dev.pergola.registry.team.TooManyFailuresException;
import dev.pergola.registry.team.TokenStore;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Lets team tokens in. A wrong one is audited until its address is past the limit, so
 * that guessing cannot flood the audit. A right one always works: with 256 bits there is
 * nothing to guess, and a broken job must not lock out its neighbours.
 */
final class TeamTokens {

	private final TokenStore store;

	private final Journal journal;

	private final FailureLimit limit;

	private final Clock clock;

	TeamTokens(TokenStore store, Journal journal, FailureLimit limit, Clock clock) {
		this.store = store;
		this.journal = journal;
		this.limit = limit;
		this.clock = clock;
	}

	Authentication authenticate(String secret, String address) {
		Optional<TeamToken> token = this.store.findBySecret(secret);
		if (token.isPresent() && token.get().isValid(this.clock.instant())) {
			List<String> authorities = List.of(Caller.TEAM_TOKEN, Caller.teamAuthority(token.get().team()));
			return UsernamePasswordAuthenticationToken.authenticated(name(token.get()), null,
					AuthorityUtils.createAuthorityList(authorities));
		}
		if (this.limit.isPast(address)) {
			throw new TooManyFailuresException();
		}
		String subject = token.map(TeamTokens::name).orElse("unknown token");
		String cause = token.map((found) -> (found.revokedAt() != null) ? "revoked" : "expired").orElse("unknown");
		this.journal.note(new Caller(subject, Caller.Kind.NOBODY, Set.of(), address, null),
				new AuditFact("token.refuse", subject, null, null, Map.of("cause", cause)));
		throw new BadCredentialsException("team token is %s".formatted(cause));
	}

	private static String name(TeamToken token) {
		return "team %s, token %s".formatted(token.team(), token.id());
	}

}
