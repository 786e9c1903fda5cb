package dev.pergola.registry.security;

import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.team.PublisherProperties;
import dev.pergola.registry.team.PublisherProperties.Issuer;
import dev.pergola.registry.team.PublisherStore;
import dev.pergola.registry.team.TeamPublisher;
import dev.pergola.registry.team.TooManyFailuresException;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Lets identity tokens of CI systems in, for the teams whose publishers they match and
 * for nothing else. One that is wrong is audited until its address is past the limit, as
 * a wrong team token is.
 */
final class PipelineTokens {

	private static final int MAX_NAME = 255;

	private final PublisherProperties properties;

	private final PublisherStore store;

	private final Journal journal;

	private final FailureLimit limit;

	private final Map<String, IdentityTokens> issuers;

	PipelineTokens(PublisherProperties properties, PublisherStore store, Journal journal, FailureLimit limit) {
		this.properties = properties;
		this.store = store;
		this.journal = journal;
		this.limit = limit;
		this.issuers = properties.issuers()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Issuer::issuer, IdentityTokens::new));
	}

	/**
	 * The issuer that a token claims to be from, if it is on the operators' list. Nothing
	 * is checked yet.
	 */
	Optional<Issuer> issuer(String token) {
		if (this.issuers.isEmpty()) {
			return Optional.empty();
		}
		try {
			JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
			return (claims != null) ? this.properties.find(claims.getIssuer()) : Optional.empty();
		}
		catch (ParseException ex) {
			return Optional.empty();
		}
	}

	/** Blocks while keys are fetched and publishers are read. */
	Authentication authenticate(String token, Issuer issuer, String address) {
		JWTClaimsSet claims;
		try {
			claims = Objects.requireNonNull(this.issuers.get(issuer.issuer())).check(token);
		}
		catch (ExpiredJWTException ex) {
			throw refuse(issuer, "a token of it", "expired", address);
		}
		catch (BadJOSEException | ParseException ex) {
			throw refuse(issuer, "a token of it", "not valid", address);
		}
		List<TeamPublisher> named = this.store.ofIssuer(issuer.issuer())
			.stream()
			.filter((publisher) -> publisher.matches(claims.getClaims()))
			.toList();
		Set<String> teams = named.stream()
			.filter((publisher) -> claims.getAudience()
				.contains((publisher.audience() != null) ? publisher.audience() : issuer.audience()))
			.map(TeamPublisher::team)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		if (teams.isEmpty()) {
			throw refuse(issuer, claims.getSubject(), named.isEmpty() ? "no publisher names it" : "foreign audience",
					address);
		}
		return authentication(claims.getSubject(), teams);
	}

	private static Authentication authentication(String subject, Set<String> teams) {
		Set<String> authorities = new LinkedHashSet<>(Set.of(Caller.PIPELINE));
		teams.forEach((team) -> authorities.add(Caller.teamAuthority(team)));
		return UsernamePasswordAuthenticationToken.authenticated(bounded(subject), null,
				AuthorityUtils.createAuthorityList(authorities));
	}

	/** Returns what to throw, so that the compiler knows. */
	private BadCredentialsException refuse(Issuer issuer, String subject, String cause, String address) {
		if (this.limit.isPast(address)) {
			throw new TooManyFailuresException();
		}
		String name = bounded(subject);
		this.journal.note(new Caller(name, Caller.Kind.NOBODY, Set.of(), address, null), new AuditFact(
				"publisher.refuse", bounded(issuer.issuer()), null, null, Map.of("cause", cause, "subject", name)));
		return new BadCredentialsException("identity token is refused: " + cause);
	}

	private static String bounded(String text) {
		return ((text.length() > MAX_NAME) ? text.substring(0, MAX_NAME) : text).replaceAll("\\p{Cntrl}", "?");
	}

}
