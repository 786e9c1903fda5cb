package dev.pergola.shell.problem;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Why the portal does not answer as asked.
 *
 * @param name name of the problem, the last part of its {@code type}
 * @param title title of the page
 * @param why one or two sentences for people
 * @param ask whom to turn to, {@code null} for nobody
 * @param mayRetry whether asking again can help
 */
public record Failure(String name, HttpStatus status, String title, String why, @Nullable String ask,
		boolean mayRetry) {

	/**
	 * A failure nobody has to be asked about.
	 */
	public static Failure of(String name, HttpStatus status, String title, String why) {
		return new Failure(name, status, title, why, null, false);
	}

	/** The same, saying whom to ask. */
	public Failure ask(String ask) {
		return new Failure(this.name, this.status, this.title, this.why, ask, this.mayRetry);
	}

	/** The same, offering to try again. */
	public Failure retry() {
		return new Failure(this.name, this.status, this.title, this.why, this.ask, true);
	}

}
