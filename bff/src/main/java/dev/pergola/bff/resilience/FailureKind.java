package dev.pergola.bff.resilience;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.egress.AddressRefusedException;
import dev.pergola.bff.egress.UpstreamFailures;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/** Ways an upstream fails a call. */
public enum FailureKind {

	/** It takes no connection. */
	CONNECT,
	/** Its answer did not begin in time. */
	TIMEOUT,
	/** The connection broke, before the answer or in the middle of it. */
	BROKEN,
	/** What it said is no HTTP. */
	PROTOCOL,
	/** It fell silent in the middle of an answer. */
	STALLED,
	/** It answered that it cannot: 502, 503 or 504. */
	STATUS;

	private final String label = name().toLowerCase(Locale.ROOT);

	/** Name as it stands in tags. */
	public String label() {
		return this.label;
	}

	/** Whether a call that failed like this before its answer may be made again. */
	boolean isRepeatable() {
		return this == CONNECT || this == BROKEN;
	}

	/**
	 * The kind behind an exception.
	 * @return {@code null} when it was not the upstream's fault
	 */
	static @Nullable FailureKind of(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof AddressRefusedException || UpstreamFailures.isOfPool(cause)) {
				return null;
			}
			FailureKind kind = match(cause);
			if (kind != null) {
				return kind;
			}
		}
		return null;
	}

	private static @Nullable FailureKind match(Throwable cause) {
		return switch (cause) {
			case BodyStalledException stalled -> STALLED;
			case ConnectException refused -> CONNECT;
			case UnknownHostException unknown -> CONNECT;
			case TimeoutException late -> TIMEOUT;
			case ReadTimeoutException late -> TIMEOUT;
			case DecoderException garbage -> PROTOCOL;
			case IOException broken -> BROKEN;
			// How the gateway's own filter tells that the first byte did not come.
			case ErrorResponse response when response.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT -> TIMEOUT;
			default -> null;
		};
	}

}
