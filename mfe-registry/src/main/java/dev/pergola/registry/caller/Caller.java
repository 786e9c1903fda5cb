package dev.pergola.registry.caller;

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
	 * @return true for administrators, and for developers and tokens of the team
	 */
	public boolean mayChange(String team) {
		if (isAdministrator() || this.authorities.contains(PUBLISHER)) {
			return true;
		}
		return this.authorities.contains(teamAuthority(team))
				&& (this.authorities.contains(DEVELOPER) || this.authorities.contains(TEAM_TOKEN));
	}

	/**
	 * Whether this caller may issue and revoke the team's tokens. A token cannot: it
	 * would live on after its own end.
	 * @param team name of a team
	 * @return true for administrators and for people of the team
	 */
	public boolean mayManageTokens(String team) {
		return isAdministrator() || this.kind == Kind.PERSON && this.authorities.contains(teamAuthority(team));
	}

	/** Checks {@link #mayChange}, else {@link NotYourTeamException}. */
	public void requireChange(String team) {
		if (!mayChange(team)) {
			throw new NotYourTeamException(team);
		}
	}

	/** What stands behind a caller. */
	public enum Kind {

		PERSON, TEAM_TOKEN, SERVICE, NOBODY;

		/**
		 * Name in audit entries.
		 * @return lower case with hyphens
		 */
		public String text() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
