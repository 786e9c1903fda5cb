package dev.pergola.registry.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.module.ModuleStates;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.schedule.Plans;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The interface of import-map-deployer (single-spa): an import map, and calls that point
 * a name at another address. A name is a module, an environment a channel; an address
 * must be that of a published version, because only then its hash is known.
 */
@RestController
public class ImportMapController {

	private static final String BASE = "/registry/v1/exchange/import-map";

	/** Import name that modules have in the portal. */
	private static final String PREFIX = "@pergola/module/";

	private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,31}");

	private final LiveEntries entries;

	private final VersionStore versions;

	private final Plans plans;

	private final ModuleStates states;

	ImportMapController(LiveEntries entries, VersionStore versions, Plans plans, ModuleStates states) {
		this.entries = entries;
		this.versions = versions;
		this.plans = plans;
		this.states = states;
	}

	/** {@code GET /registry/v1/exchange/import-map/environments}. */
	@GetMapping(BASE + "/environments")
	Map<String, List<Environment>> environments() {
		return Map.of("environments",
				this.entries.channelNames()
					.stream()
					.map((name) -> new Environment(name, List.of(), name.equals(Channel.STABLE)))
					.toList());
	}

	/**
	 * {@code GET /registry/v1/exchange/import-map/import-map.json}: what most people get.
	 * @param env name of a channel
	 */
	@GetMapping(path = BASE + "/import-map.json", produces = MediaType.APPLICATION_JSON_VALUE)
	ImportMap importMap(@RequestParam(defaultValue = Channel.STABLE) String env) {
		Map<String, String> imports = new TreeMap<>();
		Map<String, String> integrity = new TreeMap<>();
		this.entries.in(channel(env)).forEach((entry) -> {
			imports.put(PREFIX + entry.module(), entry.url());
			integrity.put(entry.url(), entry.integrity());
		});
		return new ImportMap(imports, Map.of(), integrity);
	}

	/**
	 * {@code PATCH /registry/v1/exchange/import-map/services}: gives everyone the version
	 * of the address; answers the import map.
	 */
	@PatchMapping(BASE + "/services")
	ImportMap patchService(Caller caller, @RequestParam(defaultValue = Channel.STABLE) String env,
			@RequestBody byte[] body) {
		Service service = JsonBody.read(body, Service.class);
		if (service.service() == null || service.url() == null) {
			throw new InvalidRequestException("the service cannot be pointed there",
					(service.service() == null) ? "/service" : "/url", "is missing");
		}
		List<Finding> findings = new ArrayList<>();
		List<FileAddress> addresses = new ArrayList<>();
		check(service.service(), service.url(), "/url", addresses, findings);
		return apply(caller, channel(env), addresses, findings);
	}

	/**
	 * {@code PATCH /registry/v1/exchange/import-map/import-map.json}: the same for
	 * several at once; all are looked at before the first is changed.
	 */
	@PatchMapping(BASE + "/import-map.json")
	ImportMap patchMap(Caller caller, @RequestParam(defaultValue = Channel.STABLE) String env,
			@RequestBody byte[] body) {
		ImportMap wanted = JsonBody.read(body, ImportMap.class);
		List<Finding> findings = new ArrayList<>();
		List<FileAddress> addresses = new ArrayList<>();
		wanted.imports()
			.forEach((name, url) -> check(name, url, "/imports/" + name.replace("~", "~0").replace("/", "~1"),
					addresses, findings));
		if (!wanted.scopes().isEmpty()) {
			findings.add(Findings.at("/scopes", "modules are not scoped"));
		}
		return apply(caller, channel(env), addresses, findings);
	}

	/**
	 * {@code DELETE /registry/v1/exchange/import-map/services/{service}}: switches the
	 * module off; it can be switched on again.
	 * @param service name of a module, or its import name
	 */
	@DeleteMapping(BASE + "/services/{*service}")
	ImportMap delete(Caller caller, @PathVariable String service) {
		this.states.disable(caller, module(service.substring(1)), "taken out of the import map");
		return importMap(Channel.STABLE);
	}

	private void check(String name, @Nullable String url, String pointer, List<FileAddress> addresses,
			List<Finding> findings) {
		FileAddress address = FileAddress.parse((url != null) ? url : "").orElse(null);
		if (address == null) {
			findings.add(Findings.at(pointer,
					"must be /modules/{module}/{version}/{file}: publish the version first, its files get hashes there"));
		}
		else if (!address.module().equals(module(name))) {
			findings.add(Findings.at(pointer, "is an address of module " + address.module()));
		}
		else if (this.versions.find(address.module(), address.version()).isEmpty()) {
			findings.add(Findings.at(pointer,
					"there is no version %s of %s".formatted(address.version(), address.module())));
		}
		else {
			addresses.add(address);
		}
	}

	private ImportMap apply(Caller caller, String channel, List<FileAddress> addresses, List<Finding> findings) {
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the import map cannot be changed so", findings);
		}
		addresses.forEach((address) -> this.plans.giveToAll(caller, address.module(), channel, address.version()));
		return importMap(channel);
	}

	private static String module(String name) {
		return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
	}

	private static String channel(String env) {
		if (!CHANNEL.matcher(env).matches()) {
			throw new InvalidRequestException("there is no such environment", "", "env must match " + CHANNEL);
		}
		return env;
	}

	/**
	 * An import map of the HTML Standard.
	 *
	 * @param integrity hash of each address
	 */
	record ImportMap(Map<String, String> imports, Map<String, Map<String, String>> scopes,
			Map<String, String> integrity) {

		ImportMap {
			imports = (imports != null) ? imports : Map.of();
			scopes = (scopes != null) ? scopes : Map.of();
			integrity = (integrity != null) ? integrity : Map.of();
		}

	}

	/**
	 * A name and where it is to point.
	 *
	 * @param integrity not needed: the hash of the published file counts
	 */
	record Service(@Nullable String service, @Nullable String url, @Nullable String integrity) {

	}

	/** A channel as import-map-deployer names it. */
	record Environment(String name, List<String> aliases, boolean isDefault) {

	}

}
