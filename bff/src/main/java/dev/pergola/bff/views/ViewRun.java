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

	private final PartClient client;

	private final long deadline;

	private final Map<String, Mono<byte[]>> calls = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> over = Sinks.empty();

	ViewRun(ViewPlans.Match match, ViewRequest request, PartClient client, Duration timeout) {
		this.match = match;
		this.request = request;
		this.client = client;
		this.deadline = now() + timeout.toMillis();
	}

	/**
	 * The parts as they come in, each once; what is left is given up when nobody reads
	 * on.
	 */
	Flux<NamedPart> parts() {
		Map<String, Mono<PartResult>> started = new LinkedHashMap<>();
		for (PartPlan part : this.match.plan().parts()) {
			started.put(part.name(), part(part, started).cache());
		}
		return Flux.fromIterable(this.match.plan().parts())
			.flatMap((part) -> started.getOrDefault(part.name(), Mono.empty())
				.map((result) -> new NamedPart(part, result)), started.size())
			.doFinally((signal) -> this.over.tryEmitEmpty());
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
		Mono<byte[]> call = this.calls.computeIfAbsent(part.module() + " " + path,
				(key) -> this.client.get(part.module(), path, this.request, Duration.ofMillis(left))
					.takeUntilOther(this.over.asMono())
					.cache());
		Duration limit = Duration.ofMillis(Math.min(left, part.timeout().toMillis()));
		return call.timeout(limit)
			.map((body) -> present(part, body, now() - begin))
			.onErrorResume(PartClient.PartException.class, (ex) -> Mono.just(ex.result(now() - begin)))
			.onErrorResume(TimeoutException.class,
					(ex) -> Mono.just(new PartResult.Absent("timeout", 0, now() - begin)))
			.switchIfEmpty(Mono.fromSupplier(() -> new PartResult.Absent("failed", 0, now() - begin)));
	}

	private static PartResult present(PartPlan part, byte[] body, long millis) {
		if (body.length == 0) {
			return new PartResult.Absent("invalid", 200, millis);
		}
		if (!part.isParsed()) {
			return new PartResult.Present(body, MissingNode.getInstance(), millis);
		}
		try {
			return new PartResult.Present(body, JSON.readTree(body), millis);
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
