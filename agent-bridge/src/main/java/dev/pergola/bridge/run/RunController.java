package dev.pergola.bridge.run;

import dev.pergola.bridge.agui.RunInput;
import java.time.Duration;
import java.util.List;

import dev.pergola.bridge.runner.Runners;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Runs over HTTP.
 */
@RestController
@RequestMapping("/bridge/v1")
public class RunController {

	private final Runners runners;

	private final Runs runs;

	private final EventStream stream;

	private final int maxInputBytes;

	public RunController(Runners runners, Runs runs, Duration heartbeat, int maxInputBytes) {
		this.runners = runners;
		this.runs = runs;
		this.stream = new EventStream(heartbeat);
		this.maxInputBytes = maxInputBytes;
	}

	/**
	 * GET /bridge/v1/runners.
	 */
	@GetMapping("/runners")
	List<RunnerTitle> runners() {
		return this.runners.titles()
			.entrySet()
			.stream()
			.map((it) -> new RunnerTitle(it.getKey(), it.getValue()))
			.toList();
	}

	/**
	 * POST /bridge/v1/runners/{runner}/runs. Starts a run, or attaches to it where it was
	 * started before; a client that goes away does not end it.
	 * @param principal person the run is for
	 * @param team team that owns the agent
	 * @param tenant customer whose data is kept apart
	 * @param lastEventId last event the client saw of this run, which is 404 where it is
	 * not known and does not start again; empty for all
	 */
	@PostMapping("/runners/{runner}/runs")
	Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> start(@PathVariable String runner,
			@RequestHeader("Pergola-Principal") String principal,
			@RequestHeader(name = "Pergola-Team", defaultValue = "") String team,
			@RequestHeader(name = "Pergola-Tenant", defaultValue = "") String tenant,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId,
			@RequestBody Flux<DataBuffer> body) {
		return DataBufferUtils.join(body, this.maxInputBytes)
			.map(RunController::bytes)
			.defaultIfEmpty(new byte[0])
			.map((bytes) -> find(new Caller(principal, team, tenant, traceparent), runner, RunInput.read(bytes),
					lastEventId))
			.map((run) -> this.stream.ofStart(run, run.cursor(lastEventId)));
	}

	/**
	 * GET /bridge/v1/runs/{runId}/events. The events after the last one seen.
	 */
	@GetMapping("/runs/{runId}/events")
	ResponseEntity<Flux<ServerSentEvent<String>>> events(@PathVariable String runId,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId) {
		Run run = this.runs.get(runId);
		return this.stream.of(run, run.cursor(lastEventId));
	}

	/**
	 * GET /bridge/v1/runs/{runId}.
	 */
	@GetMapping("/runs/{runId}")
	RunStatus status(@PathVariable String runId) {
		return this.runs.status(runId);
	}

	/**
	 * POST /bridge/v1/runs/{runId}/cancel. Ends the run; the stream tells when it has
	 * ended.
	 */
	@PostMapping("/runs/{runId}/cancel")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void cancel(@PathVariable String runId) {
		this.runs.cancel(runId);
	}

	/** Ends all streams, so that no slow reader holds up the end of the bridge. */
	public void closeStreams() {
		this.stream.close();
	}

	/** Who saw an event wants no second run where the first is forgotten. */
	private Run find(Caller caller, String runner, RunInput input, String lastEventId) {
		return lastEventId.isEmpty() ? this.runs.start(caller, runner, input) : this.runs.attach(caller, runner, input);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	/** What a caller may know of a runner. */
	record RunnerTitle(String id, String title) {

	}

}
