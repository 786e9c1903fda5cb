package dev.pergola.bff.observe;

/** Has the web server cut an answer that cannot be finished. */
final class BrokenAnswerException extends RuntimeException {

	BrokenAnswerException() {
		super("answer: broke off after it had begun", null, false, false);
	}

}
