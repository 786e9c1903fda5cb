package dev.pergola.bff.accesslog;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the access log.
 *
 * @param enabled Whether a line is written for each finished request.
 * @param subject How a person is named: {@code hashed}, {@code plain} or {@code none}.
 * @param subjectKey Key of the hash; without one a name lasts as long as the process.
 * @param queue Number of lines that wait to be written; more are left out and counted.
 */
@Validated
@ConfigurationProperties("pergola.bff.access-log")
public record AccessLogProperties(@DefaultValue("false") boolean enabled, @DefaultValue("hashed") SubjectForm subject,
		@DefaultValue("") String subjectKey, @DefaultValue("8192") @Positive int queue) {

	@Override
	public String toString() {
		return "AccessLogProperties[enabled=%s, subject=%s, queue=%d]".formatted(this.enabled, this.subject,
				this.queue);
	}

	/** How a person is named. */
	public enum SubjectForm {

		/** As the identity provider names them. */
		PLAIN,
		/** By a name that tells nobody who it is. */
		HASHED,
		/** Not at all. */
		NONE

	}

}
