package dev.pergola.bff.filter;

import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;

/** Order of the filters; all come before the gateway writes and routes. */
final class FilterOrder {

	static final int METHOD = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 100;

	static final int SHELL_AWAY = METHOD - 10;

	static final int TOKEN_RELAY = METHOD + 10;

	static final int FAILURES = METHOD + 20;

	static final int UPSTREAM_URL = METHOD + 30;

	private FilterOrder() {
	}

}
