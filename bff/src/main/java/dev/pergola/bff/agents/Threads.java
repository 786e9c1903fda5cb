package dev.pergola.bff.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.RunName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations, as far as their runs can still be read. */
final class Threads {

	private final RunDirectory runs;

	private final Clock clock;

	Threads(RunDirectory runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	/** A person's threads, the one in which something happened last first. */
	Mono<List<ListedThread>> list(Caller caller) {
		return this.runs.of(caller)
			.map((all) -> all.stream()
				.collect(Collectors.groupingBy(ThreadRun::threadId, LinkedHashMap::new, Collectors.toList()))
				.values()
				.stream()
				.map(Threads::listed)
				.sorted((one, other) -> other.updatedAt().compareTo(one.updatedAt()))
				.toList());
	}

	/**
	 * A thread with its conversation.
	 * @return fails when there is none, or it is another person's
	 */
	Mono<Conversation> get(Caller caller, String threadId) {
		return this.runs.of(caller)
			.map((all) -> all.stream().filter((run) -> run.threadId().equals(threadId)).toList())
			.filter((all) -> !all.isEmpty())
			.switchIfEmpty(Mono.error(() -> new BffException(Failure.UNKNOWN_THREAD, "There is no such conversation.")))
			.flatMap((all) -> messages(caller, all.getFirst()).map((messages) -> conversation(all, messages)));
	}

	// AG-UI clients send the conversation so far with every run: the newest has it all.
	private Mono<ArrayNode> messages(Caller caller, ThreadRun newest) {
		return this.runs.find(new RunName(RunRequest.owner(caller), newest.runId()))
			.switchIfEmpty(Mono.error(RunViewer::unknownRun))
			.publishOn(Schedulers.boundedElastic())
			.map((run) -> Transcripts.whole(run).messages());
	}

	private Conversation conversation(List<ThreadRun> runs, ArrayNode messages) {
		ThreadRun newest = runs.getFirst();
		List<ThreadStep> steps = runs.reversed()
			.stream()
			.map((run) -> new ThreadStep(run.runId(), run.outcome().name().toLowerCase(Locale.ROOT), run.startedAt(),
					run.endedAt()))
			.toList();
		return new Conversation(newest.threadId(), newest.request().offer().module(),
				newest.request().offer().agent().id(), messages, ThreadRun.waiting(runs).open(this.clock.instant()),
				steps, active(runs));
	}

	private static ListedThread listed(List<ThreadRun> runs) {
		ThreadRun newest = runs.getFirst();
		Instant updatedAt = runs.stream().map(ThreadRun::updatedAt).max(Instant::compareTo).orElseThrow();
		return new ListedThread(newest.threadId(), newest.request().offer().module(),
				newest.request().offer().agent().id(), runs.getLast().request().input().title(), updatedAt,
				active(runs));
	}

	private static @Nullable String active(List<ThreadRun> runs) {
		return runs.stream().filter((run) -> run.endedAt() == null).map(ThreadRun::runId).findFirst().orElse(null);
	}

	/**
	 * A thread as it is listed.
	 *
	 * @param title beginning of what the person asked first
	 * @param activeRunId a run that is going, {@code null} for none
	 */
	record ListedThread(String threadId, String module, String agent, String title, Instant updatedAt,
			@Nullable String activeRunId) {

	}

	/**
	 * A thread.
	 *
	 * @param messages AG-UI messages, what is being written included
	 * @param interrupts AG-UI interrupts that can be answered now
	 * @param runs oldest first
	 * @param activeRunId a run that is going, {@code null} for none
	 */
	record Conversation(String threadId, String module, String agent, ArrayNode messages, List<ObjectNode> interrupts,
			List<ThreadStep> runs, @Nullable String activeRunId) {

	}

	/**
	 * A run of a thread.
	 *
	 * @param endedAt {@code null} while it is going
	 */
	record ThreadStep(String runId, String status, Instant startedAt, @Nullable Instant endedAt) {

	}

}
