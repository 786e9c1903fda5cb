package dev.pergola.bff.server;

import java.util.stream.Stream;

import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;

/** The path of a request, taken apart as controllers read it. */
public final class PathSegments {

	private PathSegments() {
	}

	/** Its segments, without escapes and parameters. */
	public static Stream<String> of(ServerWebExchange exchange) {
		return exchange.getRequest()
			.getPath()
			.pathWithinApplication()
			.elements()
			.stream()
			.filter(PathContainer.PathSegment.class::isInstance)
			.map((segment) -> ((PathContainer.PathSegment) segment).valueToMatch());
	}

}
