package dev.pergola.standalone;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Says in one line why the start failed, in place of Spring Boot's framed block.
 */
class OneSentenceReporter implements FailureAnalysisReporter {

	private static final Log log = LogFactory.getLog(OneSentenceReporter.class);

	@Override
	public void report(FailureAnalysis analysis) {
		String description = analysis.getDescription().strip().replaceAll("\\s+", " ");
		String action = (analysis.getAction() != null) ? " " + analysis.getAction().strip().replaceAll("\\s+", " ")
				: "";
		log.error("Pergola cannot start: " + description + action);
	}

}
