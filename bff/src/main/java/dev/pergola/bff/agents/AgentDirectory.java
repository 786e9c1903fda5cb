package dev.pergola.bff.agents;

import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.client.CatalogSource;

/** The agents a person may use, of the versions of modules that person gets. */
final class AgentDirectory {

	private final CatalogSource catalog;

	private final LiveModules modules;

	AgentDirectory(CatalogSource catalog, LiveModules modules) {
		this.catalog = catalog;
		this.modules = modules;
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
		CatalogModule found = this.modules.enabled(module, AgentDirectory::unknown);
		return offers(found, caller).filter((offer) -> offer.agent().id().equals(agent))
			.findFirst()
			.orElseThrow(AgentDirectory::unknown);
	}

	private static BffException unknown() {
		return new BffException(Failure.UNKNOWN_AGENT, "There is no such agent.");
	}

	private static Stream<AgentOffer> offers(CatalogModule module, Caller caller) {
		return Resolver.version(module, caller.audience())
			.stream()
			.flatMap((manifest) -> manifest.agents().stream())
			.filter((agent) -> caller.may(agent.requires()))
			.map((agent) -> new AgentOffer(module.module(), agent, module.upstreamUrl(), module.team()));
	}

}
