package dev.pergola.bff.observe;

import java.util.Map;
import java.util.function.Consumer;

import dev.pergola.bff.metrics.Outcome;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.ProblemHandler;
import dev.pergola.session.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** Tells from how a request ended what became of it. */
final class CallEnd {

	private static final Logger log = LoggerFactory.getLogger(CallEnd.class);

	private final Call call;

	private final String path;

	private final @Nullable HttpServerRequest connected;

	private @Nullable ObservedResponse response;

	private int status;

	private boolean inPieces;

	private boolean gone;

	CallEnd(Call call, ServerHttpRequest request, ObservedResponse response) {
		this.call = call;
		this.path = request.getURI().getRawPath();
		this.connected = (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty)
				? netty : null;
		this.response = response;
	}

	/** Keeps what it will need of the answer, which is sent without its handlers. */
	void letGo() {
		look();
		this.inPieces = true;
		this.response = null;
	}

	/**
	 * What to cut the connection with when the answer broke off, unless there is nobody
	 * left to notice. Looks before the web server hears of the end and closes the
	 * connection itself.
	 */
	@Nullable Throwable cut() {
		look();
		this.gone = isGone();
		Throwable broken = this.call.broken();
		if (broken == null || this.gone) {
			return null;
		}
		if (broken instanceof StreamAbortedException) {
			// It was time, which is no error: the web server would log one.
			withConnection((connection) -> connection.channel().close());
			return null;
		}
		log.warn("answer cut: path={} traceId={} because={}", this.path, this.call.trace().traceId(),
				broken.getClass().getSimpleName());
		return new BrokenAnswerException();
	}

	/** Ends the watch. */
	void accept(SignalType signal) {
		look();
		int code = (this.status != 0) ? this.status : (signal == SignalType.CANCEL) ? 0 : 200;
		String problem = problem(this.call.attributes());
		Throwable broken = this.call.broken();
		if (signal == SignalType.CANCEL || this.gone) {
			this.call.end(code, Outcome.CANCELLED, problem);
		}
		else if (broken != null) {
			this.call.end(code, outcome(broken), problem);
		}
		else if (signal == SignalType.ON_ERROR) {
			this.call.end(code, Outcome.FAILED, problem);
		}
		else {
			this.call.end(code, problem);
		}
	}

	private void look() {
		ObservedResponse answer = this.response;
		if (answer != null) {
			HttpStatusCode code = answer.getStatusCode();
			this.status = (code != null) ? code.value() : 0;
			this.inPieces = answer.isInPieces();
		}
	}

	private static Outcome outcome(Throwable broken) {
		return switch (broken) {
			case BffException failure -> Outcome.of(500, failure.failure().type());
			// It was time.
			case StreamAbortedException stream -> Outcome.OK;
			default -> Outcome.UPSTREAM_ERROR;
		};
	}

	// A body in pieces is over when its last piece is sent, which comes after this: a
	// connection that is closed by now was closed by the client.
	private boolean isGone() {
		if (this.call.broken() instanceof AbortedException) {
			return true;
		}
		boolean[] open = { true };
		if (this.inPieces) {
			withConnection((connection) -> open[0] = connection.channel().isActive());
		}
		return !open[0];
	}

	private void withConnection(Consumer<Connection> action) {
		if (this.connected != null) {
			this.connected.withConnection(action);
		}
	}

	private static @Nullable String problem(@Nullable Map<String, Object> attributes) {
		if (attributes == null) {
			return null;
		}
		String own = ProblemHandler.answered(attributes);
		return (own != null) ? own : Problem.answered(attributes);
	}

}
