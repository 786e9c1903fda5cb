package dev.pergola.bff;

import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LogMessagesTests {

	@Test
	void areNotPutTogetherWhereNobodyReadsThem() {
		String name = LogMessagesTests.class.getName();
		((Logger) LoggerFactory.getLogger(name)).setLevel(Level.INFO);
		AtomicInteger texts = new AtomicInteger();
		Object message = new Object() {
			@Override
			public String toString() {
				return "text " + texts.incrementAndGet();
			}
		};
		LogFactory.getLog(name).debug(message);
		assertThat(texts.get()).isZero();
		LogFactory.getLog(name).info(message);
		assertThat(texts.get()).isPositive();
	}

}
