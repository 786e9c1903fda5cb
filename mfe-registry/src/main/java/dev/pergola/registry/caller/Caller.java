package dev.pergola.registry.caller;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls the registry.
 *
 * @param name subject of a person, or name of a token
 * @param authorities {@code ROLE_…}, {@code TEAM_…} and bare permissions
 * @param address network address of the peer
 * @param reason why, in the caller's words
 */
public record Caller(String name, Kind kind, Set<String> authorities, String address, @Nullable String reason) {

	/** Authority of the token that bff and shell share with the registry. */
	public static final String SERVICE = "ROLE_service";

	/** Authority of every team token, beside the one of its team. */
	public static final String TEAM_TOKEN = "ROLE_team-token";

	/** Authority of every CI identity, beside the one of its team. */
	public static final String PIPELINE = "ROLE_pipeline";

	/** Authority of a token that may publish for every team. */
	public static final String PUBLISHER = "ROLE_publisher";

	/** Authority of an administrator. */
	public static final String ADMINISTRATOR = "ROLE_admin";

	/** Authority of a person who works in a module team. */
	public static final String DEVELOPER = "ROLE_developer";

	private static final int MAX_REASON = 2000;

	public Caller {
		authorities = Set.copyOf(authorities);
		if (reason != null && reason.length() > MAX_REASON) {
			reason = reason.substring(0, MAX_REASON);
		}
	}

	public static String teamAuthority(String team) {
		return "TEAM_" + team;
	}

	public boolean isAdministrator() {
		return this.authorities.contains(ADMINISTRATOR);
	}

	/**
	 * Whether this caller may publish, roll out and switch modules of a team.
	 * @param team name of a team
	 * @return true for administrators, and for developers, tokens and CI identities of
	 * the team
	 */
	public boolean mayChange(String team) {
		if (isAdministrator() || this.authorities.contains(PUBLISHER)) {
			return true;
		}
		return this.authorities.contains(teamAuthority(team))
				&& List.of(DEVELOPER, TEAM_TOKEN, PIPELINE).stream().anyMatch(this.authorities::contains);
	}

	/**
	 * Whether this caller may say who else acts for a team: its members, its tokens, its
	 * publishers. A token cannot: it would live on after its own end. Nor can somebody of
	 * the team who may not publish: a token would let them.
	 * @param team name of a team
	 * @return true for administrators and for developers of the team
	 */
	public boolean mayManage(String team) {
		return isAdministrator() || this.kind == Kind.PERSON && this.authorities.contains(DEVELOPER)
				&& this.authorities.contains(teamAuthority(team));
	}

	/** Checks {@link #mayChange}, else {@link NotYourTeamException}. */
	public void requireChange(String team) {
		if (!mayChange(team)) {
			throw new NotYourTeamException(team);
		}
	}

	/** Checks {@link #isAdministrator}, else {@link AdministratorNeededException}. */
	public void requireAdministrator(String what) {
		if (!isAdministrator()) {
			throw new AdministratorNeededException(what);
		}
	}

	/** Checks {@link #mayManage}, else {@link NotYourTeamException}. */
	public void requireManage(String team) {
		if (!mayManage(team)) {
			throw new NotYourTeamException(team);
		}
	}

	/** What stands behind a caller. */
	public enum Kind {

		PERSON, TEAM_TOKEN, PIPELINE, SERVICE, NOBODY;

		/**
		 * Name in audit entries.
		 * @return lower case with hyphens
		 */
		public String text() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
