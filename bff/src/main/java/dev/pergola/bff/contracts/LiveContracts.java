package dev.pergola.bff.contracts;

import java.util.Optional;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Resolver;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** The contract a call is held against: that of the version its caller has. */
final class LiveContracts {

	private final Callers callers;

	private final LiveModules modules;

	private final Contracts contracts;

	LiveContracts(Callers callers, LiveModules modules, Contracts contracts) {
		this.callers = callers;
		this.modules = modules;
		this.contracts = contracts;
	}

	/**
	 * The contract of a call.
	 * @return empty inside when the version has none, or it cannot be had
	 */
	Mono<Optional<Contract>> of(ServerWebExchange exchange, String module) {
		return this.callers.caller(exchange)
			.flatMap((caller) -> this.modules.find(module)
				.flatMap((found) -> Resolver.version(found, caller.audience()))
				.flatMap((manifest) -> Optional.ofNullable(file(manifest))
					.map((file) -> this.contracts.find(module, manifest.version(), file)))
				.orElseGet(() -> Mono.just(Optional.empty())));
	}

	private static @Nullable String file(Manifest manifest) {
		return (manifest.upstream() != null) ? manifest.upstream().openapi() : null;
	}

}
