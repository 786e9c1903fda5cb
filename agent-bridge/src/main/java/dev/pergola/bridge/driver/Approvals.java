package dev.pergola.bridge.driver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.bridge.agui.Resume;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program waits for, oldest first. Safe for several threads: a request is answered
 * once, whoever comes first.
 */
public final class Approvals {

	private final Map<String, Approval> open = new LinkedHashMap<>();

	private final Duration patience;

	/**
	 * @param patience time a person has to answer
	 */
	public Approvals(Duration patience) {
		this.patience = patience;
	}

	public synchronized void ask(Approval approval) {
		this.open.put(approval.id(), approval);
	}

	/** Takes a request that is about to be answered, or that the program withdrew. */
	public synchronized Optional<Approval> take(String id) {
		return Optional.ofNullable(this.open.remove(id));
	}

	/**
	 * Passes answers on. One to nothing that is open is left out; what has no answer
	 * stays open.
	 */
	public void give(List<Resume> answers, EventSink sink, Answering answering) throws IOException, DialogueException {
		for (Resume answer : answers) {
			Approval approval = take(answer.interruptId()).orElse(null);
			if (approval != null) {
				Verdict verdict = Verdict.of(answer, approval.lasting());
				answering.answer(approval, verdict, answer.payload().path("reason").asString("The person refused."));
				sink.decided(approval.decided(verdict, answer.resolved() ? "answered" : "abandoned"));
			}
		}
	}

	/**
	 * Refuses whatever is open: nobody is going to answer.
	 * @return whether something was
	 */
	public boolean refuseAll(EventSink sink, Answering answering) throws IOException, DialogueException {
		List<Approval> all = takeAll();
		for (Approval approval : all) {
			answering.answer(approval, Verdict.REFUSE, "Nobody answered.");
			sink.decided(approval.decided(Verdict.REFUSE, "cancelled"));
		}
		return !all.isEmpty();
	}

	/** The turn that asked is over: nothing waits for an answer any more. */
	public synchronized void forget() {
		this.open.clear();
	}

	public synchronized boolean isEmpty() {
		return this.open.isEmpty();
	}

	/** The AG-UI interrupts of all that is open. */
	public synchronized List<ObjectNode> interrupts() {
		Instant expiresAt = Instant.now().plus(this.patience);
		return this.open.values().stream().map((approval) -> approval.interrupt(expiresAt)).toList();
	}

	private synchronized List<Approval> takeAll() {
		List<Approval> all = List.copyOf(this.open.values());
		this.open.clear();
		return all;
	}

	/**
	 * Tells a program what was decided.
	 */
	@FunctionalInterface
	public interface Answering {

		/**
		 * Writes the answer in the words of the program's format.
		 * @param reason what the agent may read where the tool is refused
		 */
		void answer(Approval approval, Verdict verdict, String reason) throws IOException, DialogueException;

	}

}
