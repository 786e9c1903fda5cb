package dev.pergola.registry.module;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.ModuleStates.StateRequest;
import dev.pergola.registry.module.VersionSwitches.Off;
import dev.pergola.registry.request.IfMatch;
import org.jspecify.annotations.Nullable;

/**
 * Switches single versions off and on.
 */
public final class VersionStates {

	private final Journal journal;

	private final ModuleStore modules;

	private final VersionStore versions;

	private final VersionSwitches switches;

	public VersionStates(Journal journal, ModuleStore modules, VersionStore versions, VersionSwitches switches) {
		this.journal = journal;
		this.modules = modules;
		this.versions = versions;
		this.switches = switches;
	}

	/**
	 * Switches a version off or on.
	 * @return revision of the module afterwards
	 */
	long change(Caller caller, String module, String version, StateRequest request, @Nullable String ifMatch) {
		ModuleStates.check(request);
		return this.journal.write(caller, (write) -> change(write, caller, module, version, request, ifMatch));
	}

	private long change(Write write, Caller caller, String name, String version, StateRequest request,
			@Nullable String ifMatch) {
		Module module = this.modules.get(name);
		caller.requireChange(module.team());
		this.versions.get(name, version);
		Off before = this.switches.find(name, version).orElse(null);
		if (before != null && before.byAdministrator() && !caller.isAdministrator()) {
			throw new SwitchedOffException(name + " " + version);
		}
		IfMatch.allow(ifMatch, module.revision(), () -> state(before));
		String reason = request.reason();
		Off after = Boolean.TRUE.equals(request.enabled()) || reason == null ? null
				: new Off(reason, caller.isAdministrator());
		if ((before != null) ? before.equals(after) : after == null) {
			return module.revision();
		}
		this.switches.set(name, version, after);
		this.modules.touch(name, write.revision());
		write.record(new AuditFact((after == null) ? "version.enable" : "version.disable", name + "/" + version, name,
				state(before), state(after)));
		return write.revision();
	}

	private static Map<String, @Nullable Object> state(@Nullable Off off) {
		Map<String, @Nullable Object> state = new LinkedHashMap<>();
		state.put("enabled", off == null);
		state.put("reason", (off != null) ? off.reason() : null);
		return state;
	}

}
