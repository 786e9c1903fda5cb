package dev.pergola.bff.views;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.resilience.UpstreamGuard;
import dev.pergola.bff.routing.Upstreams;
import dev.pergola.bff.trace.TraceSpan;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Fetches parts from modules' upstreams. */
final class PartClient implements PartSource {

	/** The view's clock for a part began a little earlier than the guard's. */
	private static final int SLACK_MILLIS = 20;

	private final HttpClient client;

	private final Upstreams upstreams;

	private final Limits limits;

	private final int maxBytes;

	private final PartTimes times;

	private final LongAdder hedges = new LongAdder();

	private final LongAdder won = new LongAdder();

	PartClient(HttpClient client, Upstreams upstreams, Limits limits, ViewProperties properties) {
		this.client = client;
		this.upstreams = upstreams;
		this.limits = limits;
		this.maxBytes = Math.toIntExact(properties.maxPart().toBytes());
		this.times = new PartTimes(properties.hedge());
	}

	/** How often a part was asked for a second time. */
	long hedges() {
		return this.hedges.sum();
	}

	/** How often the second answer was the first. */
	long won() {
		return this.won.sum();
	}

	@Override
	public Mono<PartBody> get(String module, String path, ViewRequest request, Duration limit, Duration patience) {
		return Mono.defer(() -> {
			String url = this.upstreams.get(module) + path;
			UpstreamGuard guard = this.upstreams.guard(module);
			count(module, request);
			Permit permit = guard.admit(patience);
			Mono<PartBody> first = call(module, url, request, permit, limit);
			Optional<Duration> late = this.times.late(module, patience);
			if (late.isEmpty()) {
				return first;
			}
			Mono<PartBody> second = Mono.delay(late.get())
				.flatMap((tick) -> hedge(guard, permit, (own) -> call(module, url, request, own, limit)))
				.onErrorResume((ex) -> Mono.empty())
				.switchIfEmpty(Mono.never());
			return Mono.firstWithSignal(first, second);
		}).onErrorMap((ex) -> !(ex instanceof PartException), (ex) -> translate(module, ex));
	}

	// A retry and a second question are the same call.
	private void count(String module, ViewRequest request) {
		if (!module.equals(request.module())) {
			this.limits.takeFurther(request.party(), module);
		}
	}

	private Mono<PartBody> hedge(UpstreamGuard guard, Permit first, Function<Permit, Mono<PartBody>> call) {
		Permit permit = guard.admitAgain(first.left());
		if (permit == null) {
			return Mono.empty();
		}
		this.hedges.increment();
		return call.apply(permit).doOnSuccess((body) -> this.won.increment());
	}

	private Mono<PartBody> call(String module, String url, ViewRequest request, Permit permit, Duration limit) {
		long begin = System.nanoTime();
		Mono<PartBody> once = once(module, url, request, permit, limit);
		return once.onErrorResume((ex) -> again(once, permit, ex)).doOnSuccess((body) -> {
			this.times.record(module, System.nanoTime() - begin);
			permit.succeeded();
		}).doOnError((ex) -> end(permit, ex)).doOnCancel(() -> leave(permit));
	}

	private Mono<PartBody> once(String module, String url, ViewRequest request, Permit permit, Duration limit) {
		return Mono.defer(() -> {
			TraceSpan span = request.trace().call("GET", module);
			String state = request.trace().state();
			return this.client.responseTimeout(limit).headers((headers) -> {
				headers.set("Accept", "application/json");
				headers.set("Authorization", "Bearer " + request.accessToken());
				headers.set(Trace.HEADER, span.header());
				if (state != null) {
					headers.set(Trace.STATE, state);
				}
				headers.set(Permit.DEADLINE, permit.millisLeft());
				if (!request.language().isEmpty()) {
					headers.set("Accept-Language", request.language());
				}
			})
				.get()
				.uri(url)
				.response((response, content) -> read(response, content, permit))
				.next()
				.doOnSuccess((body) -> span.end(200, null))
				.doOnError((ex) -> span.end(0, "failed"))
				.doOnCancel(() -> span.end(0, "cancelled"));
		});
	}

	private static Mono<PartBody> again(Mono<PartBody> call, Permit permit, Throwable ex) {
		long wait = permit.retry(ex);
		return (wait < 0) ? Mono.error(ex)
				: Mono.delay(Duration.ofNanos(wait)).then(call).onErrorResume((next) -> again(call, permit, next));
	}

	private static void end(Permit permit, Throwable ex) {
		if (ex instanceof PartException) {
			// It answered, if only with what no view can use.
			permit.succeeded();
		}
		else {
			permit.failed(ex);
		}
	}

	// A view goes on without a part that takes too long, and lets go of it at its own
	// end.
	private static void leave(Permit permit) {
		if (permit.millisLeft() <= SLACK_MILLIS) {
			permit.timedOut();
		}
		else {
			permit.cancelled();
		}
	}

	private Flux<PartBody> read(HttpClientResponse response, ByteBufFlux content, Permit permit) {
		int status = response.status().code();
		permit.answered(status);
		boolean keepable = !response.responseHeaders().containsValue("Cache-Control", "no-store", true);
		if (status == 204) {
			return Flux.just(new PartBody("null".getBytes(StandardCharsets.US_ASCII), keepable));
		}
		if (status != 200) {
			return Flux.error(new PartException("failed", status));
		}
		String type = response.responseHeaders().get("Content-Type", "").split(";")[0].strip();
		if (!type.equals("application/json") && !type.endsWith("+json")) {
			return Flux.error(new PartException("invalid", status));
		}
		if (length(response) > this.maxBytes) {
			return Flux.error(new PartException("too-large", status));
		}
		return content.asByteArray()
			.reduceWith(ByteArrayOutputStream::new, this::append)
			.map((bytes) -> new PartBody(bytes.toByteArray(), keepable))
			.flux();
	}

	private static long length(HttpClientResponse response) {
		try {
			return Long.parseLong(response.responseHeaders().get("Content-Length", "-1"));
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private ByteArrayOutputStream append(ByteArrayOutputStream bytes, byte[] piece) {
		if (bytes.size() + piece.length > this.maxBytes) {
			throw new PartException("too-large", 200);
		}
		bytes.writeBytes(piece);
		return bytes;
	}

	private static PartException translate(String module, Throwable ex) {
		BffException failure = UpstreamFailures.of(module, ex);
		int retryAfter = (failure.members().get("retryAfter") instanceof Integer seconds) ? seconds : 0;
		return new PartException(switch (failure.failure()) {
			case UPSTREAM_TIMEOUT -> "timeout";
			case MODULE_DISABLED -> "disabled";
			case UPSTREAM_FAILED -> "failed";
			case TOO_MANY_CALLS -> "limited";
			default -> "unavailable";
		}, 0, retryAfter);
	}

}
