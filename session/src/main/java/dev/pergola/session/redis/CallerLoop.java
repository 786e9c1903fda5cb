package dev.pergola.session.redis;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Brings answers back to the event loop that asked: what follows must not run on the
 * threads of the client for Redis.
 */
final class CallerLoop {

	private CallerLoop() {
	}

	static <T> Mono<T> back(Mono<T> answer) {
		return Mono.defer(() -> {
			EventExecutor loop = ThreadExecutorMap.currentExecutor();
			Scheduler scheduler = (loop != null && !loop.isShuttingDown()) ? Schedulers.fromExecutor(loop)
					: Schedulers.parallel();
			return answer.publishOn(scheduler);
		});
	}

}
