package dev.pergola.registry.caller;

/**
 * Somebody tried to change what belongs to another team.
 */
public class NotYourTeamException extends RuntimeException {

	public NotYourTeamException(String team) {
		super("this belongs to team %s".formatted(team));
	}

}
