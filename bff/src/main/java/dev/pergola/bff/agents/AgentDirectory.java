package dev.pergola.bff.agents;

import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.client.CatalogSource;

/** The agents a person may use, of the versions of modules that person gets. */
final class AgentDirectory {

	private final CatalogSource catalog;

	AgentDirectory(CatalogSource catalog) {
		this.catalog = catalog;
	}

	/** Agents in the order of the catalog; those of disabled modules are left out. */
	List<AgentOffer> list(Caller caller) {
		return this.catalog.current()
			.modules()
			.stream()
			.filter(CatalogModule::enabled)
			.flatMap((module) -> offers(module, caller))
			.toList();
	}

	/**
	 * One agent.
	 * @throws BffException when there is none, also when there is one this person may not
	 * use
	 */
	AgentOffer get(Caller caller, String module, String agent) {
		CatalogModule found = this.catalog.current()
			.findModule(module)
			.orElseThrow(() -> new BffException(Failure.UNKNOWN_AGENT, "There is no such agent."));
		if (!found.enabled()) {
			String reason = (found.reason() != null) ? found.reason() : "An administrator switched it off.";
			throw new BffException(Failure.MODULE_DISABLED, reason);
		}
		return offers(found, caller).filter((offer) -> offer.agent().id().equals(agent))
			.findFirst()
			.orElseThrow(() -> new BffException(Failure.UNKNOWN_AGENT, "There is no such agent."));
	}

	private static Stream<AgentOffer> offers(CatalogModule module, Caller caller) {
		return Resolver.version(module, caller.audience())
			.stream()
			.flatMap((manifest) -> manifest.agents().stream())
			.filter((agent) -> caller.may(agent.requires()))
			.map((agent) -> new AgentOffer(module.module(), agent, module.upstreamUrl()));
	}

}
