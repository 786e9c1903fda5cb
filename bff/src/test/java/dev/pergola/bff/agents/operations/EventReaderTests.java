package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventReaderTests {

	private LedgerEntry run = Records.run("r-1");

	private Instant now = Records.NOON;

	@Test
	void tellsWaitingFromWorkingAndWhenTheFirstWordCame() {
		after(0, "{'type':'RUN_STARTED'}");
		assertThat(this.run.state()).isEqualTo(RunState.RUNNING);
		after(1, "{'type':'CUSTOM','name':'pergola.queue','value':{'position':2}}");
		assertThat(this.run.state()).isEqualTo(RunState.QUEUED);
		assertThat(this.run.queuePosition()).isEqualTo(2);
		assertThat(this.run.queued()).isNull();
		after(4, "{'type':'CUSTOM','name':'pergola.queue','value':{'position':0}}");
		assertThat(this.run.state()).isEqualTo(RunState.RUNNING);
		assertThat(this.run.queuePosition()).isNull();
		after(2, "{'type':'TEXT_MESSAGE_START','messageId':'m'}");
		after(5, "{'type':'TEXT_MESSAGE_CONTENT','messageId':'m','delta':'Hi'}");
		after(5, "{'type':'RUN_FINISHED','outcome':{'type':'success'}}");
		assertThat(this.run.state()).isEqualTo(RunState.FINISHED);
		assertThat(this.run.queued()).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.run.untilFirstByte()).isEqualTo(Duration.ofSeconds(7));
		assertThat(this.run.duration()).isEqualTo(Duration.ofSeconds(17));
	}

	@Test
	void knowsEveryEnd() {
		assertThat(ended("{'type':'RUN_FINISHED'}")).isEqualTo(RunState.FINISHED);
		assertThat(ended("{'type':'RUN_FINISHED','outcome':{'type':'cancelled'}}")).isEqualTo(RunState.CANCELLED);
		assertThat(ended("{'type':'RUN_FINISHED','outcome':{'type':'interrupt','interrupts':[]}}"))
			.isEqualTo(RunState.WAITING);
		after(1, "{'type':'RUN_ERROR','code':'AGENT_EXIT','message':'It broke.'}");
		assertThat(this.run.state()).isEqualTo(RunState.FAILED);
		assertThat(this.run.failure()).isEqualTo(new LedgerEntry.Failure("AGENT_EXIT", "It broke."));
		assertThat(this.run.untilFirstByte()).isNull();
	}

	@Test
	void aQuestionCanBeAnsweredUntilItsLastPartExpires() {
		after(1, "{'type':'RUN_FINISHED','outcome':{'type':'interrupt','interrupts':["
				+ "{'id':'a','expiresAt':'2026-11-29T13:00:00Z'},{'id':'b','expiresAt':'2026-11-29T15:00:00+01:00'}]}}");
		Instant last = Records.NOON.plus(Duration.ofHours(2));
		assertThat(this.run.at(last.minusMillis(1)).state()).isEqualTo(RunState.WAITING);
		assertThat(this.run.at(last).state()).isEqualTo(RunState.EXPIRED);
		assertThat(this.run.goneOn().at(last).state()).isEqualTo(RunState.FINISHED);
		this.run = Records.run("r-3");
		after(1, "{'type':'RUN_FINISHED','outcome':{'type':'interrupt','interrupts':["
				+ "{'id':'a','expiresAt':'2026-11-29T13:00:00Z'},{'id':'b','expiresAt':'tomorrow'}]}}");
		assertThat(this.run.at(last).state()).isEqualTo(RunState.WAITING);
	}

	@Test
	void addsUpTheUsageOfAllModels() {
		after(1, "{'type':'RUN_FINISHED','usage':[{'model':'a','inputTokens':100,'cachedInputTokens':80,"
				+ "'outputTokens':20,'reasoningTokens':5,'totalTokens':120},{'model':'b','totalTokens':7},{}]}");
		assertThat(this.run.tokens()).isEqualTo(new Tokens(100, 27));
	}

	@Test
	void takesWhatIsToldOnTheWayAsTheWholeSoFar() {
		after(1, "{'type':'CUSTOM','name':'pergola.usage','value':[{'inputTokens':10,'outputTokens':1}]}");
		after(1, "{'type':'CUSTOM','name':'pergola.usage','value':{'usage':[{'inputTokens':30,'outputTokens':3}]}}");
		assertThat(this.run.untilFirstByte()).isNull();
		after(1, "{'type':'RUN_ERROR','message':'x'}");
		assertThat(this.run.tokens()).isEqualTo(new Tokens(30, 3));
	}

	@Test
	void countsNothingThatIsNoNumber() {
		after(1, "{'type':'RUN_FINISHED','usage':[{'inputTokens':-5,'outputTokens':'many'},7,'x']}");
		assertThat(this.run.tokens()).isEqualTo(Tokens.NONE);
	}

	private RunState ended(String event) {
		return EventReader.after(Records.run("r-2"), Records.event(event), this.now).state();
	}

	private void after(int seconds, String event) {
		this.now = this.now.plusSeconds(seconds);
		this.run = EventReader.after(this.run, Records.event(event), this.now);
	}

}
