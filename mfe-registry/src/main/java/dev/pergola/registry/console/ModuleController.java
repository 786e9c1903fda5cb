package dev.pergola.registry.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.ModuleVersion;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.module.VersionSwitches;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.Channel.ChannelState;
import dev.pergola.registry.rollout.ChannelStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows modules.
 */
@RestController
public class ModuleController {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ModuleStore modules;

	private final VersionStore versions;

	private final ChannelStore channels;

	private final VersionSwitches switches;

	public ModuleController(ModuleStore modules, VersionStore versions, ChannelStore channels,
			VersionSwitches switches) {
		this.modules = modules;
		this.versions = versions;
		this.channels = channels;
		this.switches = switches;
	}

	/** {@code GET /registry/v1/modules}: all, in the order of their names. */
	@GetMapping("/registry/v1/modules")
	List<ModuleSummary> all() {
		Map<String, ModuleVersion> latest = this.versions.latest()
			.stream()
			.collect(Collectors.toMap(ModuleVersion::module, Function.identity()));
		Map<String, Map<String, Channel>> all = this.channels.all();
		return this.modules.all()
			.stream()
			.map((module) -> new ModuleSummary(module.name(), module.team(), module.enabled(), module.reason(),
					module.revision(), states(all.getOrDefault(module.name(), Map.of())), latest.get(module.name())))
			.toList();
	}

	/** {@code GET /registry/v1/modules/{module}}: versions newest first. */
	@GetMapping("/registry/v1/modules/{module}")
	ResponseEntity<ModuleDetails> one(@PathVariable String module) {
		Module found = this.modules.get(module);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(found.revision()))
			.body(new ModuleDetails(module, found.team(), found.enabled(), found.reason(), found.revision(),
					states(this.channels.of(module)), this.switches.of(module), this.versions.of(module)));
	}

	/** {@code GET /registry/v1/modules/{module}/versions/{version}}. */
	@GetMapping("/registry/v1/modules/{module}/versions/{version}")
	VersionDetails version(@PathVariable String module, @PathVariable String version) {
		List<FileSize> files = this.versions.files(module, version)
			.stream()
			.map((file) -> new FileSize(file.path(), file.hash().integrity(), file.sizeBytes()))
			.toList();
		return new VersionDetails(this.versions.get(module, version),
				JSON.readTree(this.versions.getManifest(module, version)), files);
	}

	private static Map<String, ChannelState> states(Map<String, Channel> channels) {
		Map<String, ChannelState> states = new TreeMap<>();
		channels.forEach((name, channel) -> states.put(name, channel.state()));
		return states;
	}

	/**
	 * A module in the list.
	 *
	 * @param latest version published last
	 */
	record ModuleSummary(String module, String team, boolean enabled, @Nullable String reason, long revision,
			Map<String, ChannelState> channels, @Nullable ModuleVersion latest) {

	}

	/**
	 * A module and all of its versions.
	 *
	 * @param off versions that are switched off, with the reason of each
	 */
	record ModuleDetails(String module, String team, boolean enabled, @Nullable String reason, long revision,
			Map<String, ChannelState> channels, Map<String, String> off, List<ModuleVersion> versions) {

	}

	/** A version, its manifest and its files. */
	record VersionDetails(ModuleVersion published, JsonNode manifest, List<FileSize> files) {

	}

	/** A file and how much of it there is. */
	record FileSize(String path, String integrity, long sizeBytes) {

	}

}
