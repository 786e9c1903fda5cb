package dev.pergola.session.problem;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.HtmlUtils;

/**
 * A page of one sentence and one way on, for moments when the shell cannot draw: before
 * sign-in, after sign-out and when either failed. It needs no script.
 *
 * @param status HTTP status
 * @param title title and heading
 * @param text one sentence
 * @param action what the link or button says
 * @param target local address the link leads to
 * @param method {@code get} for a link, {@code post} for a button, {@code hop} for a link
 * the browser follows by itself
 */
public record NoticePage(HttpStatus status, String title, String text, String action, String target, Way method) {

	/** How the way on is taken. */
	public enum Way {

		/** A link. */
		LINK,

		/** A button that posts. */
		BUTTON,

		/** A link the browser follows at once. */
		HOP

	}

	private static final String STYLES = """
			:root{color-scheme:light dark}
			body{margin:0;min-height:100vh;display:grid;place-items:center;font:1rem/1.5 system-ui,sans-serif;\
			background:light-dark(#f4f6f8,#10151b);color:light-dark(#17202a,#eef2f6)}
			main{max-width:28rem;padding:1.5rem}
			h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
			a,button{display:inline-block;margin-top:.5rem;padding:.5rem 1rem;border:0;border-radius:8px;font:inherit;\
			font-weight:600;text-decoration:none;cursor:pointer;background:light-dark(#0b6e5f,#4fd1b8);\
			color:light-dark(#fff,#06231d)}
			:focus-visible{outline:3px solid currentColor;outline-offset:2px}
			small{display:block;margin-top:1.5rem;color:light-dark(#52606d,#a9b6c3)}
			""";

	private static final SecureRandom random = new SecureRandom();

	/**
	 * A page that is only a stop on the way: the browser leaves it at once, as a
	 * navigation of this very origin, and so sends cookies it keeps from navigations that
	 * another site started.
	 * @param target local address to go on to
	 * @return the page
	 */
	public static NoticePage hop(String target) {
		return new NoticePage(HttpStatus.OK, "One moment", "The portal opens.", "Go on", target, Way.HOP);
	}

	/**
	 * Answers the request with this page.
	 * @param exchange the request
	 * @return completes when the page is written
	 */
	public Mono<Void> write(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.empty();
		}
		byte[] bytes = new byte[16];
		random.nextBytes(bytes);
		String nonce = HexFormat.of().formatHex(bytes);
		response.setStatusCode(this.status);
		response.getHeaders().setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
		response.getHeaders().setCacheControl(CacheControl.noStore());
		// The address of a callback page holds a code; nobody needs to see it.
		response.getHeaders().set("Referrer-Policy", (this.method == Way.HOP) ? "no-referrer" : "same-origin");
		response.getHeaders()
			.set("Content-Security-Policy",
					"default-src 'none'; img-src data:; style-src 'nonce-%s'; base-uri 'none'; frame-ancestors 'none'"
						.formatted(nonce));
		byte[] body = html(exchange, nonce).getBytes(StandardCharsets.UTF_8);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private String html(ServerWebExchange exchange, String nonce) {
		String href = HtmlUtils.htmlEscape(this.target);
		String label = HtmlUtils.htmlEscape(this.action);
		@Nullable String refresh = (this.method == Way.HOP)
				? "<meta http-equiv=\"refresh\" content=\"0; url=%s\">".formatted(href) : "";
		String way = (this.method == Way.BUTTON)
				? "<form method=\"post\" action=\"%s\"><button>%s</button></form>".formatted(href, label)
				: "<a href=\"%s\">%s</a>".formatted(href, label);
		String trace = this.status.isError() ? "<small>Trace id %s</small>".formatted(TraceId.of(exchange)) : "";
		return """
				<!doctype html>
				<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
				%s<title>%s · Pergola</title><link rel="icon" href="data:,"><style nonce="%s">%s</style></head>
				<body><main><h1>%s</h1><p>%s</p>%s%s</main></body></html>
				"""
			.formatted(refresh, HtmlUtils.htmlEscape(this.title), nonce, STYLES, HtmlUtils.htmlEscape(this.title),
					HtmlUtils.htmlEscape(this.text), way, trace);
	}

}
