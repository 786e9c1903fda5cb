package dev.pergola.registry.team;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
 * Issues and revokes team tokens.
 */
@RestController
public class TokenController {

	private static final int MAX_NAME = 128;

	private final Journal journal;

	private final TokenStore store;

	private final TeamProperties properties;

	public TokenController(Journal journal, TokenStore store, TeamProperties properties) {
		this.journal = journal;
		this.store = store;
		this.properties = properties;
	}

	/** {@code GET /registry/v1/teams/{team}/tokens}: newest first, without secrets. */
	@GetMapping("/registry/v1/teams/{team}/tokens")
	List<TeamToken> list(Caller caller, @PathVariable String team) {
		requireTeam(caller, team);
		return this.store.of(team);
	}

	/**
	 * {@code POST /registry/v1/teams/{team}/tokens}: 201 with the token, which is never
	 * shown again.
	 */
	@PostMapping("/registry/v1/teams/{team}/tokens")
	@ResponseStatus(HttpStatus.CREATED)
	IssuedToken issue(Caller caller, @PathVariable String team, @RequestBody(required = false) byte @Nullable [] body) {
		requireTeam(caller, team);
		TokenRequest request = (body != null && body.length > 0) ? JsonBody.read(body, TokenRequest.class)
				: new TokenRequest(null, null);
		Duration lifetime = lifetime(request);
		String secret = TokenSecret.create();
		return this.journal.write(caller, (write) -> {
			TeamToken token = new TeamToken(UUID.randomUUID().toString(), team, name(request), write.at(),
					caller.name(), write.at().plus(lifetime), null);
			this.store.add(token, secret);
			write.record(new AuditFact("token.issue", team + "/" + token.id(), null, null, state(token)));
			return new IssuedToken(token.id(), secret, token.expiresAt());
		});
	}

	/** {@code DELETE /registry/v1/teams/{team}/tokens/{id}}: 204, also when repeated. */
	@DeleteMapping("/registry/v1/teams/{team}/tokens/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(Caller caller, @PathVariable String team, @PathVariable String id) {
		requireTeam(caller, team);
		this.journal.write(caller, (write) -> {
			TeamToken token = this.store.find(team, id).orElseThrow(() -> new NotFoundException("token", id));
			if (token.revokedAt() == null) {
				this.store.revoke(team, id, caller.name(), write.at());
				write.record(new AuditFact("token.revoke", team + "/" + id, null, state(token), null));
			}
			return token;
		});
	}

	private static void requireTeam(Caller caller, String team) {
		caller.requireManage(team);
		if (!Team.isName(team)) {
			throw new NotFoundException("team", team);
		}
	}

	private Duration lifetime(TokenRequest request) {
		if (request.expiresIn() == null) {
			return this.properties.tokens().lifetime();
		}
		Duration max = this.properties.tokens().maxLifetime();
		try {
			Duration lifetime = Duration.parse(request.expiresIn());
			if (lifetime.isPositive() && lifetime.compareTo(max) <= 0) {
				return lifetime;
			}
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			// Answered below, as any other value that does not fit.
		}
		throw new InvalidRequestException("the token cannot be issued so", "/expiresIn",
				"must be an ISO 8601 duration of at most " + max);
	}

	private static String name(TokenRequest request) {
		String name = request.name();
		if (name == null || name.isBlank()) {
			return "token";
		}
		if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidRequestException("the token cannot be issued so", "/name",
					"must be at most %d printable characters".formatted(MAX_NAME));
		}
		return name;
	}

	private static Map<String, Object> state(TeamToken token) {
		return Map.of("team", token.team(), "name", token.name(), "expiresAt", token.expiresAt().toString());
	}

	/**
	 * What a token should be.
	 *
	 * @param name what it is for
	 * @param expiresIn lifetime in ISO 8601, such as {@code P30D}
	 */
	record TokenRequest(@Nullable String name, @Nullable String expiresIn) {

	}

	/**
	 * A new token, with its secret.
	 */
	record IssuedToken(String id, String token, Instant expiresAt) {

		@Override
		public String toString() {
			return "IssuedToken[id=%s]".formatted(this.id);
		}

	}

}
