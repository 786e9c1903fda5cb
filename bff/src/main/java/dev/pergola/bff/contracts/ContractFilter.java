package dev.pergola.bff.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import dev.pergola.bff.contracts.ContractChecks.Side;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/** Holds calls to one module against what its service says of itself. */
final class ContractFilter implements GatewayFilter {

	private static final int MAX_TOLD = 20;

	/** Stands for a body nobody looks into. */
	private static final byte[] SOME = { 0 };

	private static final byte[] NONE = {};

	private final String module;

	private final int prefix;

	private final boolean enforced;

	private final int maxBytes;

	private final double responses;

	private final LiveContracts contracts;

	private final ContractChecks checks;

	ContractFilter(String module, String prefix, ContractProperties properties, LiveContracts contracts,
			ContractChecks checks) {
		this.module = module;
		this.prefix = prefix.length();
		this.enforced = properties.of(module) == ContractMode.ENFORCE;
		this.maxBytes = properties.maxBodyBytes();
		this.responses = properties.responses();
		this.contracts = contracts;
		this.checks = checks;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.contracts.of(exchange, this.module).flatMap((contract) -> {
			if (contract.isEmpty()) {
				this.checks.count(this.module, Side.REQUEST, "undescribed");
				return chain.filter(exchange);
			}
			ServerHttpRequest request = exchange.getRequest();
			String path = request.getURI().getRawPath().substring(this.prefix);
			Optional<Contract.Match> match = contract.get()
				.find(request.getMethod().name(), path.isEmpty() ? "/" : path);
			ServerWebExchange watched = match.map((found) -> sample(exchange, found.operation())).orElse(exchange);
			return this.enforced ? enforce(watched, match.orElse(null), chain)
					: observe(watched, match.orElse(null), chain);
		});
	}

	private Mono<Void> enforce(ServerWebExchange exchange, Contract.@Nullable Match match, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (match == null || !isRead(request.getHeaders())) {
			byte[] body = hasBody(request.getHeaders()) ? SOME : NONE;
			return check(request, match, body).flatMap(
					(violations) -> violations.isEmpty() ? chain.filter(exchange) : Mono.error(refusal(violations)));
		}
		if (request.getHeaders().getContentLength() > this.maxBytes) {
			return Mono.error(tooLarge());
		}
		return DataBufferUtils.join(request.getBody(), this.maxBytes)
			.map(ContractFilter::bytes)
			.defaultIfEmpty(NONE)
			.onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge())
			.flatMap((body) -> check(request, match, body).flatMap((violations) -> violations.isEmpty()
					? chain.filter(exchange.mutate().request(new HeldRequest(request, body)).build())
					: Mono.error(refusal(violations))));
	}

	private Mono<Void> observe(ServerWebExchange exchange, Contract.@Nullable Match match, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (match == null || !isRead(request.getHeaders())) {
			check(request, match, hasBody(request.getHeaders()) ? SOME : NONE).subscribe();
			return chain.filter(exchange);
		}
		Copy copy = new Copy(this.maxBytes);
		return chain.filter(exchange.mutate().request(new CopiedRequest(request, copy, () -> {
			if (copy.isOver()) {
				this.checks.count(this.module, Side.REQUEST, "skipped");
			}
			else {
				check(request, match, copy.bytes()).subscribe();
			}
		})).build());
	}

	private Mono<List<Violation>> check(ServerHttpRequest request, Contract.@Nullable Match match, byte[] body) {
		return this.checks.check(this.module, Side.REQUEST, () -> {
			if (match == null) {
				return List.of(Violation.of("path", "", "%s is not described here".formatted(request.getMethod())));
			}
			HttpHeaders headers = request.getHeaders();
			List<Violation> violations = new ArrayList<>(
					match.operation().check(match.parameters(), request.getQueryParams(), headers));
			// A service may look behind these, which is not done here.
			if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
				violations.add(Violation.of("header", HttpHeaders.CONTENT_ENCODING, "must not be there"));
			}
			else if (headers.getOrEmpty(HttpHeaders.CONTENT_TYPE).size() > 1) {
				violations.add(Violation.of("header", HttpHeaders.CONTENT_TYPE, "is there more than once"));
			}
			else {
				violations.addAll(match.operation().checkBody(headers.getFirst(HttpHeaders.CONTENT_TYPE), body));
			}
			return violations;
		});
	}

	/** Looks at the answer, too, when its turn has come. */
	private ServerWebExchange sample(ServerWebExchange exchange, Operation operation) {
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
				|| ThreadLocalRandom.current().nextDouble() >= this.responses) {
			return exchange;
		}
		ServerHttpResponse response = exchange.getResponse();
		return exchange.mutate().response(new CopiedResponse(response, this.maxBytes, (copy) -> {
			HttpStatusCode status = response.getStatusCode();
			String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
			boolean isRead = Content.isJson(type)
					&& !response.getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING);
			if (status == null || (copy.isOver() && isRead)) {
				this.checks.count(this.module, Side.RESPONSE, "skipped");
				return;
			}
			byte[] body = isRead ? copy.bytes() : NONE;
			this.checks.check(this.module, Side.RESPONSE, () -> operation.checkAnswer(status.value(), type, body))
				.subscribe();
		})).build();
	}

	private static boolean hasBody(HttpHeaders headers) {
		return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	private static boolean isRead(HttpHeaders headers) {
		return hasBody(headers) && Content.isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE))
				&& !headers.containsHeader(HttpHeaders.CONTENT_ENCODING);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private BffException refusal(List<Violation> violations) {
		return new BffException(Failure.CONTRACT_VIOLATION,
				"The request is not as the service of %s says in its description.".formatted(this.module),
				Map.of("module", this.module, "violations", violations.stream().limit(MAX_TOLD).toList()), null);
	}

	private BffException tooLarge() {
		return new BffException(Failure.BODY_TOO_LARGE,
				"The body is larger than %d bytes, the most that is checked.".formatted(this.maxBytes),
				Map.of("module", this.module, "maxBytes", this.maxBytes), null);
	}

}
