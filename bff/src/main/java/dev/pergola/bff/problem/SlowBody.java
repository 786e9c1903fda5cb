package dev.pergola.bff.problem;

import java.util.Map;

import io.netty.channel.ChannelException;
import io.netty.handler.timeout.ReadTimeoutException;

/** What the web server says of a request whose body does not come in time. */
public final class SlowBody {

	private SlowBody() {
	}

	/**
	 * Whether an error of a request's body is this one. The server's exception for a
	 * whole request is not public.
	 */
	public static boolean is(Throwable ex) {
		return ex instanceof ReadTimeoutException
				|| (ex instanceof ChannelException && ex.getClass().getSimpleName().equals("RequestTimeoutException"));
	}

	/** What the client is told. */
	public static BffException failure(Throwable ex) {
		return new BffException(Failure.REQUEST_TIMEOUT, "The body did not come in time.", Map.of(), ex);
	}

}
