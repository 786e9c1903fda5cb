package dev.pergola.session.problem;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Tells a browser that opens a page from a program that fetches something.
 */
public final class Navigation {

	private Navigation() {
	}

	/**
	 * Whether a browser opens a page with this request.
	 * @param request the request
	 * @return the word of {@code Sec-Fetch-Mode} where it is sent, else whether HTML is
	 * among the accepted types by name
	 */
	public static boolean is(ServerHttpRequest request) {
		@Nullable String mode = request.getHeaders().getFirst("Sec-Fetch-Mode");
		if (mode != null) {
			return "navigate".equals(mode);
		}
		try {
			return request.getHeaders()
				.getAccept()
				.stream()
				.anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
		}
		catch (InvalidMimeTypeException | UnsupportedMediaTypeStatusException ex) {
			return false;
		}
	}

}
