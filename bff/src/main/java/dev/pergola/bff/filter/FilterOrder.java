package dev.pergola.bff.filter;

import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;

/** Order of the filters; all come before the gateway writes and routes. */
final class FilterOrder {

	static final int METHOD = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 100;

	static final int SHELL_AWAY = METHOD - 10;

	static final int LIMITS = METHOD + 5;

	static final int BODY = METHOD + 7;

	static final int TOKEN_RELAY = METHOD + 10;

	/** Before the guard: what is refused is no call. */
	static final int CONTRACT = METHOD + 15;

	static final int FAILURES = METHOD + 20;

	/** Around the call and its whole answer, where an exception is still as it was. */
	static final int GUARD = METHOD + 25;

	static final int STREAM = METHOD + 27;

	static final int UPSTREAM_URL = METHOD + 30;

	/** Behind the filter that writes the answer: until that begins. */
	static final int RETRY = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER + 50;

	/** Behind the filter that writes the answer: around the call alone. */
	static final int UPSTREAM_WATCH = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER + 100;

	/** In the place of the call. */
	static final int WEB_SOCKET = NettyRoutingFilter.ORDER - 1;

	private FilterOrder() {
	}

}
