package dev.pergola.bff.views;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

import dev.pergola.bff.compression.EntityTags;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers with all parts at once. A complete answer has a tag, so that nobody is sent
 * what they have, and is kept for as long as its view says.
 */
final class WholeAnswers {

	private static final List<String> VARY = List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE,
			HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE);

	private final KeptAnswers kept;

	private final ViewMeters meters;

	WholeAnswers(KeptAnswers kept, ViewMeters meters) {
		this.kept = kept;
		this.meters = meters;
	}

	/**
	 * Answers with what is kept, or with what the run brings.
	 * @param run is not begun when it is not needed
	 */
	Mono<Void> write(ServerWebExchange exchange, ViewPlans.Match match, ViewRequest request, ViewRun run) {
		boolean keeps = match.plan().keep().isPositive();
		if (keeps && !isRenewal(exchange)) {
			KeptAnswers.Entry entry = this.kept.find(match, request).orElse(null);
			if (entry != null) {
				this.meters.view(match.plan(), "kept", 0);
				exchange.getResponse().getHeaders().set(HttpHeaders.AGE, String.valueOf(entry.age().toSeconds()));
				return writeComplete(exchange, entry.json(), maxAge(match.plan().keep()));
			}
		}
		return run.parts().then(Mono.fromSupplier(run::answer)).flatMap((answer) -> {
			byte[] json = answer.json();
			if (!answer.isComplete()) {
				return write(exchange, json, false, CacheControl.noCache().cachePrivate());
			}
			if (!answer.isKeepable()) {
				return write(exchange, json, true, CacheControl.noStore());
			}
			if (!keeps) {
				return writeComplete(exchange, json, CacheControl.noCache().cachePrivate());
			}
			this.kept.keep(match, request, json);
			return writeComplete(exchange, json, maxAge(match.plan().keep()));
		});
	}

	private static CacheControl maxAge(Duration keep) {
		return CacheControl.maxAge(keep).cachePrivate();
	}

	// What a browser says when a person reloads a page on purpose.
	private static boolean isRenewal(ServerWebExchange exchange) {
		String asked = exchange.getRequest().getHeaders().getCacheControl();
		return asked != null && (asked.contains("no-cache") || asked.contains("max-age=0"));
	}

	private static Mono<Void> writeComplete(ServerWebExchange exchange, byte[] json, CacheControl control) {
		if (!exchange.checkNotModified(EntityTags.of(json))) {
			return write(exchange, json, true, control);
		}
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.NOT_MODIFIED);
		response.getHeaders().setCacheControl(control);
		response.getHeaders().setVary(VARY);
		return response.setComplete();
	}

	private static Mono<Void> write(ServerWebExchange exchange, byte[] json, boolean complete, CacheControl control) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setCacheControl(control);
		headers.setVary(VARY);
		headers.setContentLength(json.length);
		headers.set("Pergola-Complete", String.valueOf(complete));
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
	}

}
