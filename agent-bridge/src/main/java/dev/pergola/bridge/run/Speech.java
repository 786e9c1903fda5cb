package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.pergola.bridge.agui.EventSize;
import dev.pergola.bridge.driver.Decision;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.process.Redaction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program says in one run: goes to the run's log, is closed where the program left
 * it open, and is watched for silence and for too much.
 */
final class Speech implements EventSink {

	private static final String USAGE = "pergola.usage";

	private static final Redaction NOTHING = new Redaction(Map.of());

	private final OpenParts open = new OpenParts();

	private SecretFilter secrets = new SecretFilter(NOTHING);

	private final Run run;

	private final RunMeters meters;

	private final Consumer<StopReason> tooMuch;

	private volatile long lastSign = System.nanoTime();

	private volatile boolean spoke;

	private boolean full;

	private boolean ended;

	Speech(Run run, RunMeters meters, Consumer<StopReason> tooMuch) {
		this.run = run;
		this.meters = meters;
		this.tooMuch = tooMuch;
	}

	/** What the program says is told without these from now on. */
	synchronized void hide(Redaction redaction) {
		this.secrets = new SecretFilter(redaction);
	}

	void begin() {
		this.lastSign = System.nanoTime();
	}

	@Override
	public synchronized void emit(ObjectNode event) {
		if (this.ended) {
			return;
		}
		Duration gap = Duration.ofNanos(System.nanoTime() - this.lastSign);
		if (this.spoke) {
			this.meters.gap(this.run, gap);
		}
		else {
			this.meters.firstEvent(this.run, this.run.ran());
		}
		alive();
		this.spoke = true;
		this.secrets.pass(event).forEach(this::tell);
		if (isOverBudget(event)) {
			this.tooMuch.accept(StopReason.BUDGET);
		}
	}

	@Override
	public void alive() {
		this.lastSign = System.nanoTime();
	}

	@Override
	public void decided(Decision decision) {
		decision.log(this.run.id(), this.run.caller().principal());
	}

	/** Whether the program said anything. */
	boolean spoke() {
		return this.spoke;
	}

	/** Closes what is open; what comes now is not the run's any more. */
	synchronized void end() {
		if (!this.ended) {
			this.ended = true;
			this.secrets.release().forEach(this::tell);
			this.open.close().forEach((closer) -> this.run.close(closer.toString()));
		}
	}

	/** The end of the run as it may be told. */
	synchronized Ending clean(Ending ending) {
		return ending.told(this.secrets.clean(ending.terminal()));
	}

	boolean isSilent(long now) {
		return now - this.lastSign > this.run.runner().silence().toNanos();
	}

	/** Where one event was left out, so are all after it: a smaller one would hide it. */
	private void tell(ObjectNode event) {
		String json = event.toString();
		this.full = this.full || !EventSize.isReadable(json) || !this.run.append(json);
		if (this.full) {
			this.tooMuch.accept(StopReason.OUTPUT);
		}
		else {
			this.open.saw(event);
		}
	}

	private boolean isOverBudget(ObjectNode event) {
		long budget = this.run.runner().tokenBudget();
		return budget > 0 && event.path("name").asString("").equals(USAGE) && tokens(event.path("value")) > budget;
	}

	private static long tokens(JsonNode usage) {
		return Math.max(usage.path("totalTokens").asLong(0),
				usage.path("inputTokens").asLong(0) + usage.path("outputTokens").asLong(0));
	}

}
