package dev.pergola.bff.upstreams;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.contracts.ContractProperties;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.bff.resilience.UpstreamState;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Services of all modules, for people with the role {@code admin}. */
@RestController
class UpstreamsController {

	private static final String ROLE = "admin";

	private final UpstreamGuards guards;

	private final ContractProperties contracts;

	private final String node;

	private final Callers callers;

	UpstreamsController(UpstreamGuards guards, ContractProperties contracts, String node, Callers callers) {
		this.guards = guards;
		this.contracts = contracts;
		this.node = node;
		this.callers = callers;
	}

	/**
	 * {@code GET /upstreams}: how the services of all modules that are switched on are
	 * doing, by name of the module, as this process sees it and no other.
	 */
	@GetMapping(path = "/upstreams", produces = "application/json")
	Mono<Overview> upstreams(ServerWebExchange exchange) {
		return this.callers.caller(exchange).map((caller) -> {
			if (!caller.audience().roles().contains(ROLE)) {
				throw new BffException(Failure.FORBIDDEN, "Only administrators see how services are doing.");
			}
			return new Overview(this.node, this.guards.calls(),
					this.guards.states().stream().map(this::entry).toList());
		});
	}

	private Entry entry(UpstreamState state) {
		return new Entry(state, this.contracts.of(state.module()).name().toLowerCase(Locale.ROOT));
	}

	/**
	 * What one process knows.
	 *
	 * @param node its name
	 * @param modules as many as the catalog has with a service
	 */
	record Overview(String node, @JsonUnwrapped UpstreamGuards.CallsState calls, List<Entry> modules) {

	}

	/**
	 * One module's service.
	 *
	 * @param contracts what becomes of calls that are not as its description says:
	 * {@code enforce}, {@code observe} or {@code off}
	 */
	record Entry(@JsonUnwrapped UpstreamState state, String contracts) {

	}

}
