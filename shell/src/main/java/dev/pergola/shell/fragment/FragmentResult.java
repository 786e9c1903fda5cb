package dev.pergola.shell.fragment;

import org.springframework.http.HttpStatusCode;

/**
 * What an upstream did with a request for a fragment.
 */
public sealed interface FragmentResult {

	/**
	 * It answered with HTML.
	 *
	 * @param html sanitised
	 */
	record Html(HttpStatusCode status, String html) implements FragmentResult {
	}

	/**
	 * It sent the person elsewhere.
	 *
	 * @param location as it was sent, not checked yet
	 */
	record Redirect(String location) implements FragmentResult {
	}

	/** It does not let the person. */
	record Refused(HttpStatusCode status) implements FragmentResult {
	}

	/** It has nothing there. */
	record Missing() implements FragmentResult {
	}

	/**
	 * It did not answer, or not with a page.
	 *
	 * @param reason name of the text that says why
	 * @param status what it answered, 0 for nothing
	 */
	record Unavailable(String reason, int status) implements FragmentResult {
	}

}
