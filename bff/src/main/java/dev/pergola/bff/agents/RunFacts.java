package dev.pergola.bff.agents;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a run from its beginning.
 *
 * @param id names the run among those of all people, {@code r-} and 32 hexadecimal
 * digits; an agent-bridge knows it by this name
 * @param runId the person's own name for it
 * @param team owner of the module, {@code none} where that is not known
 * @param person id of the principal it is for
 * @param tenant {@code null} where there is one only
 * @param runner program an agent-bridge starts, {@code null} for an agent that speaks
 * HTTP
 */
public record RunFacts(String id, String runId, String threadId, String module, String agent, String team,
		String person, @Nullable String tenant, @Nullable String runner) {

	/** Whether both are of one person's conversation. */
	public boolean isInThreadOf(RunFacts other) {
		return this.threadId.equals(other.threadId) && this.person.equals(other.person)
				&& Objects.equals(this.tenant, other.tenant);
	}

}
