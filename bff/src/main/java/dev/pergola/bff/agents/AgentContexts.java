package dev.pergola.bff.agents;

import dev.pergola.bff.formats.A2aContext;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Has agents that keep their conversations themselves go on with them, whether or not the
 * client says their names: as long as the thread can be read, they are known here.
 */
final class AgentContexts {

	private final RunDirectory runs;

	AgentContexts(RunDirectory runs) {
		this.runs = runs;
	}

	/** The request, with the name of the agent's conversation where there is one. */
	Mono<RunRequest> in(RunRequest request) {
		AgentHttp agent = request.offer().agent().http();
		if (agent == null || agent.format() != AgentFormat.A2A) {
			return Mono.just(request);
		}
		return this.runs.of(request.caller())
			.flatMap((all) -> Mono
				.justOrEmpty(all.stream().filter((run) -> isBefore(run.request(), request)).findFirst()))
			.flatMap((last) -> this.runs.find(new RunName(request.name().owner(), last.runId())))
			.publishOn(Schedulers.boundedElastic())
			.flatMap((last) -> Mono.justOrEmpty(A2aContext.find(Transcripts.whole(last).messages())))
			.map(request::inContext)
			// What is lost is a memory, not the question.
			.onErrorResume(BffException.class, (ex) -> Mono.empty())
			.defaultIfEmpty(request);
	}

	private static boolean isBefore(RunRequest run, RunRequest request) {
		return run.input().threadId().equals(request.input().threadId())
				&& !run.input().runId().equals(request.input().runId())
				&& run.offer().module().equals(request.offer().module())
				&& run.offer().agent().id().equals(request.offer().agent().id());
	}

}
