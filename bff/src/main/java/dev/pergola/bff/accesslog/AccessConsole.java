package dev.pergola.bff.accesslog;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/**
 * Lets the lines of the access log stand alone on the console, without the date and level
 * of other lines; unless the operator's own configuration says where they go.
 */
final class AccessConsole {

	private AccessConsole() {
	}

	static void attach() {
		if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
			return;
		}
		Logger logger = context.getLogger(AccessLog.LOGGER);
		if (logger.getLevel() == null) {
			logger.setLevel(Level.INFO);
		}
		if (logger.iteratorForAppenders().hasNext()) {
			return;
		}
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(context);
		encoder.setPattern("%msg%n");
		encoder.start();
		ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
		console.setContext(context);
		console.setName("pergola-access");
		console.setEncoder(encoder);
		console.start();
		logger.addAppender(console);
		logger.setAdditive(false);
	}

}
