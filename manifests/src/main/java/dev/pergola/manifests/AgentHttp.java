package dev.pergola.manifests;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * An agent that is a path of the module's upstream.
 *
 * @param path path without parameters, such as {@code /agents/deal-researcher}
 * @param format what it streams
 * @param model model that is asked for, {@code null} unless the format's requests name
 * one
 * @param maxTokens the most tokens of one answer, {@code null} for the portal's default
 * or where requests name no model
 * @param resumable whether a stream that was cut can be taken up again, {@code null} for
 * no
 * @param heartbeat time after which the agent says something in any case, {@code null}
 * for the portal's default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgentHttp(String path, AgentFormat format, @Nullable String model, @Nullable Integer maxTokens,
		@Nullable Boolean resumable, @JsonSerialize(using = DurationText.Writer.class) @JsonDeserialize(
				using = DurationText.Reader.class) @Nullable Duration heartbeat) {

	/** An agent whose format needs nothing else. */
	public AgentHttp(String path, AgentFormat format) {
		this(path, format, null, null, null, null);
	}

	/** Whether a stream that was cut can be taken up again. */
	public boolean mayResume() {
		return Boolean.TRUE.equals(this.resumable);
	}

}
