package dev.pergola.bff.egress;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;

/**
 * Turns what a client throws into what a caller is told, without the upstream's address.
 */
public final class UpstreamFailures {

	/** What Netty's pool says when as many calls wait as may. */
	private static final String QUEUE_FULL = "Too many outstanding acquire operations";

	private UpstreamFailures() {
	}

	/**
	 * The failure behind an exception.
	 * @param module whose upstream was called
	 * @return {@code ex} itself when it already is one
	 */
	public static BffException of(String module, Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			BffException failure = match(module, cause, ex);
			if (failure != null) {
				return failure;
			}
		}
		return failure(Failure.UPSTREAM_FAILED, module, "The service of %s could not be called.", ex);
	}

	/**
	 * What a caller is told of an answer that is larger than
	 * {@link EgressProperties#maxAnswer()}.
	 */
	public static BffException tooLarge(String module) {
		return failure(Failure.UPSTREAM_FAILED, module, "The answer of the service of %s is too large.", null);
	}

	private static @Nullable BffException match(String module, Throwable cause, Throwable ex) {
		if (cause instanceof BffException failure) {
			return failure;
		}
		if (cause instanceof AddressRefusedException) {
			return failure(Failure.ADDRESS_REFUSED, module, "The service of %s is at an address that is not allowed.",
					ex);
		}
		if (isOfPool(cause)) {
			return failure(Failure.UPSTREAM_BUSY, module, "The service of %s has no connection free.", ex);
		}
		if (cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof ConnectTimeoutException) {
			return failure(Failure.UPSTREAM_UNAVAILABLE, module, "The service of %s is not reachable.", ex);
		}
		if (cause instanceof TimeoutException || cause instanceof ReadTimeoutException || isGatewayTimeout(cause)) {
			return failure(Failure.UPSTREAM_TIMEOUT, module, "The service of %s did not answer in time.", ex);
		}
		if (cause instanceof PrematureCloseException || cause instanceof DecoderException) {
			return failure(Failure.UPSTREAM_FAILED, module, "The service of %s broke off its answer.", ex);
		}
		return (cause instanceof IOException)
				? failure(Failure.UPSTREAM_FAILED, module, "The connection to the service of %s broke.", ex) : null;
	}

	/**
	 * Whether there was no connection free. Reactor Netty's exceptions are in a shaded
	 * package; of Netty's one is private and the other has no class of its own.
	 */
	public static boolean isOfPool(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		return name.startsWith("PoolAcquire") || name.startsWith("AcquireTimeout")
				|| (cause instanceof IllegalStateException
						&& String.valueOf(cause.getMessage()).startsWith(QUEUE_FULL));
	}

	// How the gateway's own filter tells that the first byte did not come.
	private static boolean isGatewayTimeout(Throwable cause) {
		return cause instanceof ErrorResponse response && response.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT;
	}

	private static BffException failure(Failure failure, String module, String detail, @Nullable Throwable cause) {
		return new BffException(failure, detail.formatted(module), Map.of("module", module), cause);
	}

}
