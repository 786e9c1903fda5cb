package dev.pergola.bridge.driver.claude;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Approval;
import dev.pergola.bridge.driver.Approvals;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.History;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.Lines;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dialogue with Claude Code.
 */
final class ClaudeDialogue implements Dialogue {

	private static final Logger logger = LoggerFactory.getLogger(ClaudeDialogue.class);

	/** Quiet time after a request for leave: several come one after the other. */
	private static final Duration SETTLE = Duration.ofMillis(100);

	/** Time in which the end of a subagent starts another turn, if it does. */
	private static final Duration TAKE_UP = Duration.ofSeconds(2);

	private final ProgramIo io;

	private final Lines lines;

	private final ClaudeControl control;

	private final Approvals approvals;

	private final Duration resultPatience;

	private final EventWriter writer = new EventWriter();

	private final ClaudeUsage usage = new ClaudeUsage();

	private final ClaudeEvents events = new ClaudeEvents(this.writer, this.usage);

	private final ClaudeTasks tasks = new ClaudeTasks(this.writer);

	private final ClaudeNotices notices = new ClaudeNotices(this.writer);

	private volatile @Nullable EventSink sink;

	private boolean isFirstTurn = true;

	private volatile boolean isInTurn;

	private volatile boolean isInterrupted;

	private volatile boolean isUsable;

	private @Nullable ObjectNode result;

	private long quietSince;

	ClaudeDialogue(ProgramIo io, ClaudeDriver settings) {
		this.io = io;
		this.lines = new Lines(io);
		this.control = new ClaudeControl(io);
		this.approvals = new Approvals(settings.approvalPatience());
		this.resultPatience = settings.resultPatience();
	}

	@Override
	public void handshake() throws IOException, InterruptedException, DialogueException {
		CompletableFuture<JsonNode> ready = this.control.ask("initialize", ClaudeControl.START);
		while (!ready.isDone()) {
			Optional<String> line = this.lines.next(null);
			if (line.isEmpty()) {
				throw new IOException("the program ended before it was ready");
			}
			JsonLines.read(line.get())
				.filter((message) -> isOf(message, "control_response"))
				.ifPresent(this.control::answered);
		}
		if (ready.isCompletedExceptionally()) {
			throw new DialogueException("AGENT_PROTOCOL", "The agent refused to begin.");
		}
		this.isUsable = true;
	}

	@Override
	public TurnEnd turn(RunInput input, EventSink sink) throws IOException, InterruptedException, DialogueException {
		this.sink = sink;
		this.writer.to(sink::emit);
		this.events.begin();
		this.isInterrupted = false;
		this.result = null;
		begin(input, sink);
		TurnEnd end = converse(sink);
		this.isUsable = !(end instanceof TurnEnd.Failed || end instanceof TurnEnd.OutputEnded);
		if (end instanceof TurnEnd.Waiting) {
			this.writer.suspend();
		}
		else {
			this.isInTurn = false;
			// what they have yet to say would be heard in the next turn
			this.isUsable &= !(this.tasks.areWorking() || this.tasks.areUnheard());
			this.writer.closeAll();
			this.events.cutOff();
			this.tasks.forget();
			this.approvals.forget();
		}
		return end;
	}

	@Override
	public boolean interrupt() {
		this.isInterrupted = true;
		try {
			EventSink told = this.sink;
			if (told != null && this.approvals.refuseAll(told, this.control::refuseAndStop)) {
				return true;
			}
			this.control.ask("interrupt", ClaudeControl.PATIENCE).whenComplete((answer, failure) -> {
				if (failure != null) {
					logger.debug("an interruption was not acknowledged: {}", failure.getClass().getSimpleName());
				}
			});
			return true;
		}
		catch (IOException | DialogueException gone) {
			return false;
		}
	}

	@Override
	public boolean canGoOn() {
		return this.isUsable && !this.lines.hasEnded();
	}

	@Override
	public void close() {
		this.lines.close();
	}

	/**
	 * Says what is asked. Where requests are open, only answers to them do: a program
	 * that waits in the middle of a turn hears nothing else.
	 */
	private void begin(RunInput input, EventSink sink) throws IOException, DialogueException {
		if (this.isInTurn) {
			this.writer.goOn();
			this.approvals.give(input.resume(), sink, this.control::decide);
			return;
		}
		if (!input.resume().isEmpty()) {
			throw new DialogueException("AGENT_INTERRUPT_EXPIRED", "The agent no longer waits for this answer.");
		}
		ObjectNode message = JsonLines.object().put("type", "user");
		ObjectNode said = message.putObject("message").put("role", "user");
		var content = said.putArray("content");
		if (this.isFirstTurn) {
			History.text(input).ifPresent((history) -> content.addObject().put("type", "text").put("text", history));
		}
		content.addObject().put("type", "text").put("text", input.prompt());
		message.putNull("parent_tool_use_id").put("session_id", "");
		JsonLines.write(this.io, message);
		this.isFirstTurn = false;
		this.isInTurn = true;
	}

	private TurnEnd converse(EventSink sink) throws IOException, InterruptedException, DialogueException {
		while (true) {
			Optional<String> line = this.lines.next(patience());
			if (line.isPresent()) {
				Optional<ObjectNode> message = JsonLines.read(line.get());
				TurnEnd end = message.isPresent() ? hear(message.get(), sink) : null;
				if (end != null) {
					return end;
				}
			}
			else if (this.lines.hasEnded()) {
				return (this.result != null) ? over(this.result) : new TurnEnd.OutputEnded();
			}
			else if (isAsking()) {
				return new TurnEnd.Waiting(this.approvals.interrupts(), this.usage.untilNow());
			}
			else if (this.result != null) {
				return over(this.result);
			}
			else {
				return new TurnEnd.Failed("AGENT_NO_RESULT", "The agent never said that its answer is complete.",
						this.usage.untilNow());
			}
		}
	}

	/** How long to wait for the next line; {@code null} for as long as it takes. */
	private @Nullable Duration patience() {
		if (isAsking()) {
			return SETTLE;
		}
		if (this.tasks.areWorking()) {
			return null;
		}
		if (this.result != null) {
			return TAKE_UP;
		}
		if (!this.events.hasEndedTurn()) {
			return null;
		}
		Duration passed = Duration.ofNanos(System.nanoTime() - this.quietSince);
		Duration left = this.resultPatience.minus(passed);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private boolean isAsking() {
		return !this.approvals.isEmpty() && !this.events.isSpeaking();
	}

	private @Nullable TurnEnd hear(ObjectNode message, EventSink sink) throws IOException, DialogueException {
		String type = message.path("type").asString("");
		if (!type.equals("keep_alive")) {
			sink.alive();
		}
		switch (type) {
			case "stream_event" -> {
				boolean ended = this.events.hasEndedTurn();
				this.events.piece(message);
				if (!ended && this.events.hasEndedTurn()) {
					this.quietSince = System.nanoTime();
				}
				if (this.events.isSpeaking()) {
					this.result = null;
				}
			}
			case "assistant" -> this.events.finished(message);
			case "user" -> this.events.answered(message, this.tasks.calls());
			case "system" -> hearSystem(message);
			case "tool_progress", "rate_limit_event" -> this.notices.tell(type, message);
			case "control_request" -> asked(message);
			case "control_cancel_request" -> this.approvals.take(message.path("request_id").asString(""));
			case "control_response" -> this.control.answered(message);
			case "result" -> {
				return heardResult(message);
			}
			default -> {
			}
		}
		return null;
	}

	private void hearSystem(ObjectNode message) throws DialogueException {
		String subtype = message.path("subtype").asString("");
		switch (subtype) {
			case "init" -> {
				this.result = null;
				this.events.goOn();
				if (message.path("permissionMode").asString("").equals("bypassPermissions")) {
					throw new DialogueException("AGENT_SETUP", "The agent is set up to act without asking.");
				}
			}
			case "task_started" -> this.tasks.started(message);
			case "task_notification" -> {
				this.tasks.ended(message);
				if (this.tasks.areUnheard()) {
					this.events.goOn();
				}
			}
			case "background_tasks_changed" -> this.tasks.working(message);
			default -> this.notices.tell(subtype, message);
		}
	}

	private void asked(ObjectNode message) throws IOException, DialogueException {
		String id = message.path("request_id").asString("");
		JsonNode request = message.path("request");
		if (request.path("subtype").asString("").equals("can_use_tool")) {
			Approval approval = ClaudeRequests.approval(id, request, this.tasks.call(request));
			String call = approval.toolCallId();
			if (call != null) {
				this.writer.wholeTool(call, approval.tool(), approval.arguments().toString(), null,
						approval.subagent());
			}
			this.approvals.ask(approval);
		}
		else {
			this.control.decline(id);
		}
	}

	/**
	 * Ends the run, unless subagents go on or their end was not yet taken up: then a
	 * further turn follows, and standard input must stay open for it.
	 */
	private @Nullable TurnEnd heardResult(ObjectNode message) {
		this.tasks.takenUp(message);
		if (!this.events.hasSaidSomething() && ClaudeResult.isSuccess(message)) {
			this.events.result(message.path("uuid").asString(""), message.path("result").asString(""));
		}
		boolean isLast = !ClaudeResult.isSuccess(message) || !(this.tasks.areWorking() || this.tasks.areUnheard()
				|| message.path("queued_turn_count").asInt(0) > 0);
		this.result = message;
		return isLast ? over(message) : null;
	}

	private TurnEnd over(ObjectNode last) {
		return ClaudeResult.end(last, this.isInterrupted, this.usage.of(last.path("modelUsage")));
	}

	private static boolean isOf(ObjectNode message, String type) {
		return message.path("type").asString("").equals(type);
	}

}
