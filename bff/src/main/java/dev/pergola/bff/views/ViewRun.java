package dev.pergola.bff.views;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.problem.BffException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One answer in the making: parts run as soon as what they need is there, the same call
 * is made once, and whatever is not there in time is not there.
 */
final class ViewRun {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ViewPlans.Match match;

	private final ViewRequest request;

	private final SharedCalls shared;

	private final ViewMeters meters;

	private final ViewAnswer answer;

	private final long begunAt;

	private final long deadline;

	/** How many bytes there is still room for. */
	private final AtomicLong room;

	private final Map<String, Mono<PartBody>> calls = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> over = Sinks.empty();

	ViewRun(ViewPlans.Match match, ViewRequest request, SharedCalls shared, ViewMeters meters,
			ViewProperties properties) {
		this.match = match;
		this.request = request;
		this.shared = shared;
		this.meters = meters;
		this.answer = new ViewAnswer(match.plan().names());
		this.begunAt = System.nanoTime();
		this.deadline = now() + properties.timeout().toMillis();
		this.room = new AtomicLong(properties.maxAnswer().toBytes());
	}

	/**
	 * The parts as they come in, each once; what is left is given up when nobody reads
	 * on.
	 * @return fails with {@link BffException} as soon as a part is missing that may not
	 * be
	 */
	Flux<NamedPart> parts() {
		Map<String, Mono<PartResult>> started = new LinkedHashMap<>();
		for (PartPlan part : this.match.plan().parts()) {
			started.put(part.name(), part(part, started).cache());
		}
		return Flux.fromIterable(this.match.plan().parts())
			.flatMap((part) -> started.getOrDefault(part.name(), Mono.empty())
				.map((result) -> new NamedPart(part, result)), started.size())
			.doOnNext((part) -> this.meters.part(this.match.plan(), part))
			.doOnNext(this.answer::add)
			.doOnComplete(() -> end(this.answer.isComplete() ? "complete" : "partial"))
			.doOnError((ex) -> end("failed"))
			.doOnCancel(() -> end("cancelled"))
			.doFinally((signal) -> this.over.tryEmitEmpty());
	}

	/** What has come in so far. */
	ViewAnswer answer() {
		return this.answer;
	}

	private void end(String outcome) {
		this.meters.view(this.match.plan(), outcome, System.nanoTime() - this.begunAt);
	}

	private Mono<PartResult> part(PartPlan part, Map<String, Mono<PartResult>> started) {
		List<Mono<Needed>> needed = new ArrayList<>();
		for (String name : part.template().references()) {
			needed.add(started.getOrDefault(name, Mono.never()).map((result) -> new Needed(name, result)));
		}
		return Flux.merge(needed).collectList().flatMap((all) -> {
			Map<String, PartResult> inputs = new HashMap<>();
			all.forEach((each) -> inputs.put(each.name(), each.result()));
			Optional<String> path = part.template().expand((names) -> value(names, inputs));
			return path.isPresent() ? fetch(part, path.get()) : Mono.just(new PartResult.Absent("skipped", 0, 0));
		});
	}

	private Mono<PartResult> fetch(PartPlan part, String path) {
		long begin = now();
		long left = Math.max(1, this.deadline - begin);
		Duration limit = Duration.ofMillis(Math.min(left, part.timeout().toMillis()));
		Mono<PartBody> call = this.calls.computeIfAbsent(part.module() + " " + path,
				(key) -> this.shared.get(part.module(), path, this.request, limit)
					.takeUntilOther(this.over.asMono())
					.cache());
		return call.timeout(limit)
			.map((body) -> present(part, body, now() - begin))
			.onErrorResume(PartException.class, (ex) -> Mono.just(ex.result(now() - begin)))
			.onErrorResume(TimeoutException.class,
					(ex) -> Mono.just(new PartResult.Absent("timeout", 0, now() - begin)))
			.switchIfEmpty(Mono.fromSupplier(() -> new PartResult.Absent("failed", 0, now() - begin)));
	}

	private PartResult present(PartPlan part, PartBody body, long millis) {
		if (this.room.addAndGet(-body.json().length) < 0) {
			this.room.addAndGet(body.json().length);
			return new PartResult.Absent("too-large", 200, millis);
		}
		if (!part.isParsed()) {
			return new PartResult.Present(body, MissingNode.getInstance(), millis);
		}
		try {
			return new PartResult.Present(body, JSON.readTree(body.json()), millis);
		}
		catch (JacksonException ex) {
			return new PartResult.Absent("invalid", 200, millis);
		}
	}

	private Optional<String> value(List<String> names, Map<String, PartResult> inputs) {
		if (names.size() == 1) {
			return Optional.ofNullable(this.match.parameters().get(names.getFirst()));
		}
		if (!(inputs.get(names.getFirst()) instanceof PartResult.Present present)) {
			return Optional.empty();
		}
		JsonNode node = present.tree();
		for (String name : names.subList(1, names.size())) {
			node = node.path(name);
		}
		return Optional.ofNullable(scalar(node));
	}

	private static @Nullable String scalar(JsonNode node) {
		return (node.isString() || node.isNumber() || node.isBoolean()) ? node.asString() : null;
	}

	// The scheduler's clock, so that virtual time is the same for limits and for
	// readings.
	private static long now() {
		return Schedulers.parallel().now(TimeUnit.MILLISECONDS);
	}

	/** A part and what became of it. */
	record NamedPart(PartPlan plan, PartResult result) {

	}

	private record Needed(String name, PartResult result) {

	}

}
