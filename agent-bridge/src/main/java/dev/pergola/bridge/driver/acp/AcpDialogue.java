package dev.pergola.bridge.driver.acp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Approvals;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.History;
import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.ProgramIo;
import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dialogue over ACP, of the version the program chooses: in version 1 the answer to a
 * prompt ends the turn, in version 2 a report of the state does.
 */
final class AcpDialogue implements Dialogue {

	private static final int NEWEST = 2;

	/** Quiet time after a request for leave: several come one after the other. */
	private static final Duration SETTLE = Duration.ofMillis(100);

	private final ProgramIo io;

	private final JsonRpcPeer peer;

	private final AcpPermissions permissions;

	private final Approvals approvals;

	private final EventWriter writer = new EventWriter();

	private final AcpUpdates updates = new AcpUpdates(this.writer);

	private final AcpUsage usage = new AcpUsage();

	private int version;

	private volatile String sessionId = "";

	private boolean isFirstTurn = true;

	private volatile boolean isUsable;

	private @Nullable CompletableFuture<JsonNode> prompt;

	private volatile @Nullable EventSink sink;

	AcpDialogue(ProgramIo io, Duration approvalPatience) {
		this.io = io;
		this.peer = new JsonRpcPeer(new LineFramer(io));
		this.approvals = new Approvals(approvalPatience);
		this.permissions = new AcpPermissions(this.peer, this.approvals);
	}

	@Override
	public void handshake() throws IOException, InterruptedException, DialogueException {
		JsonNode agent = await(this.peer.request("initialize", AcpMessages.initialize(NEWEST)));
		this.version = agent.path("protocolVersion").asInt(0);
		if (this.version < 1 || this.version > NEWEST) {
			throw new DialogueException("AGENT_PROTOCOL", "The agent speaks an unknown version of ACP.");
		}
		JsonNode session = await(this.peer.request("session/new", AcpMessages.newSession(this.io.directory())));
		this.sessionId = session.path("sessionId").asString("");
		this.isUsable = true;
	}

	@Override
	public TurnEnd turn(RunInput input, EventSink events) throws IOException, InterruptedException, DialogueException {
		this.sink = events;
		this.writer.to(events::emit);
		this.updates.begin(input.runId());
		begin(input, events);
		TurnEnd end = converse(events);
		this.isUsable = !(end instanceof TurnEnd.Failed || end instanceof TurnEnd.OutputEnded);
		if (!(end instanceof TurnEnd.Waiting)) {
			this.prompt = null;
			this.approvals.forget();
		}
		this.writer.closeAll();
		return end;
	}

	@Override
	public boolean interrupt() {
		try {
			EventSink told = this.sink;
			if (told != null) {
				this.permissions.cancelAll(told);
			}
			this.peer.notify("session/cancel", JsonLines.object().put("sessionId", this.sessionId));
			return true;
		}
		catch (IOException | DialogueException gone) {
			return false;
		}
	}

	@Override
	public boolean canGoOn() {
		return this.isUsable && !this.peer.hasEnded();
	}

	@Override
	public void close() {
		this.peer.close();
	}

	private void begin(RunInput input, EventSink events) throws IOException, DialogueException {
		if (this.prompt != null) {
			this.permissions.give(input.resume(), events);
			return;
		}
		if (!input.resume().isEmpty()) {
			throw new DialogueException("AGENT_INTERRUPT_EXPIRED", "The agent no longer waits for this answer.");
		}
		Optional<String> history = this.isFirstTurn ? History.text(input) : Optional.empty();
		this.prompt = this.peer.request("session/prompt",
				AcpMessages.prompt(this.sessionId, history.orElse(null), input.prompt()));
		this.isFirstTurn = false;
	}

	private TurnEnd converse(EventSink events) throws IOException, InterruptedException, DialogueException {
		CompletableFuture<JsonNode> asked = this.prompt;
		while (true) {
			Optional<JsonRpcPeer.Incoming> incoming = this.peer.read(this.approvals.isEmpty() ? null : SETTLE);
			if (incoming.isPresent()) {
				events.alive();
				TurnEnd end = hear(incoming.get());
				if (end != null) {
					return end;
				}
			}
			else if (this.peer.hasEnded()) {
				return new TurnEnd.OutputEnded();
			}
			else if (asked != null && asked.isDone() && (this.version == 1 || asked.isCompletedExceptionally())) {
				return answered(asked);
			}
			else if (!this.approvals.isEmpty()) {
				return new TurnEnd.Waiting(this.approvals.interrupts(), null);
			}
		}
	}

	private @Nullable TurnEnd hear(JsonRpcPeer.Incoming incoming) throws IOException, DialogueException {
		JsonNode id = incoming.id();
		switch (incoming.method()) {
			case "session/update" -> {
				JsonNode update = incoming.params().path("update");
				if (update.path("sessionUpdate").asString("").equals("state_update")) {
					return state(update);
				}
				this.updates.hear(update);
			}
			case "session/request_permission" -> {
				if (id != null) {
					JsonNode call = AcpPermissions.toolCall(incoming.params());
					if (call.has("toolCallId")) {
						this.updates.toolCall(call);
					}
					this.permissions.asked(id, incoming.params());
				}
			}
			default -> {
				if (id != null) {
					this.peer.refuse(id, JsonRpcPeer.METHOD_NOT_FOUND, "not supported");
				}
			}
		}
		return null;
	}

	/** Version 2 reports the end of a turn as a state; one without a reason is none. */
	private @Nullable TurnEnd state(JsonNode update) {
		return (update.path("state").asString("").equals("idle") && update.hasNonNull("stopReason"))
				? AcpMessages.end(update.path("stopReason").asString(""), this.usage.ofWork(update.path("usage")))
				: null;
	}

	private TurnEnd answered(CompletableFuture<JsonNode> asked) throws InterruptedException {
		try {
			JsonNode answer = asked.get();
			return AcpMessages.end(answer.path("stopReason").asString(""), this.usage.ofSession(answer.path("usage")));
		}
		catch (ExecutionException ex) {
			return new TurnEnd.Failed("AGENT_ERROR", "The agent could not finish its answer.", null);
		}
	}

	private JsonNode await(CompletableFuture<JsonNode> answer)
			throws IOException, InterruptedException, DialogueException {
		while (!answer.isDone()) {
			Optional<JsonRpcPeer.Incoming> incoming = this.peer.read(null);
			if (incoming.isEmpty() && this.peer.hasEnded()) {
				throw new IOException("the program ended before it was ready");
			}
		}
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof JsonRpcException error && error.code() == AcpMessages.AUTH_REQUIRED)
					? new DialogueException("AGENT_SETUP", "The agent is not signed in.")
					: new DialogueException("AGENT_PROTOCOL", "The agent refused to begin.");
		}
	}

}
