package dev.pergola.registry.module;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Switches modules off and on.
 */
public final class ModuleStates {

	private static final int MAX_REASON = 500;

	private final Journal journal;

	private final ModuleStore modules;

	public ModuleStates(Journal journal, ModuleStore modules) {
		this.journal = journal;
		this.modules = modules;
	}

	/**
	 * Switches a module off.
	 * @param reason people see it
	 */
	public void disable(Caller caller, String name, String reason) {
		change(caller, name, new StateRequest(false, reason), null);
	}

	Module change(Caller caller, String name, StateRequest request, @Nullable String ifMatch) {
		check(request);
		return this.journal.write(caller, (write) -> change(write, caller, name, request, ifMatch));
	}

	private Module change(Write write, Caller caller, String name, StateRequest request, @Nullable String ifMatch) {
		Module before = this.modules.get(name);
		caller.requireChange(before.team());
		if (before.disabledByAdministrator() && !caller.isAdministrator()) {
			throw new SwitchedOffException(name);
		}
		IfMatch.allow(ifMatch, before.revision(), () -> state(before));
		boolean enabled = Boolean.TRUE.equals(request.enabled());
		String reason = enabled ? null : request.reason();
		Module after = new Module(name, before.team(), enabled, reason, !enabled && caller.isAdministrator(),
				write.revision());
		if (state(before).equals(state(after)) && before.disabledByAdministrator() == after.disabledByAdministrator()) {
			return before;
		}
		this.modules.setState(name, enabled, reason, after.disabledByAdministrator(), write.revision());
		write.record(
				new AuditFact(enabled ? "module.enable" : "module.disable", name, name, state(before), state(after)));
		return after;
	}

	static void check(StateRequest request) {
		if (request.enabled() == null) {
			throw new InvalidRequestException("the state cannot be set so", "/enabled", "is missing");
		}
		String reason = request.reason();
		if (!request.enabled() && (reason == null || reason.isBlank() || reason.length() > MAX_REASON)) {
			throw new InvalidRequestException("the state cannot be set so", "/reason",
					"people see it: 1 to %d characters".formatted(MAX_REASON));
		}
	}

	private static Map<String, @Nullable Object> state(Module module) {
		Map<String, @Nullable Object> state = new LinkedHashMap<>();
		state.put("enabled", module.enabled());
		state.put("reason", module.reason());
		return state;
	}

	/**
	 * Body of {@code PUT …/state}.
	 *
	 * @param reason shown to people, needed to switch off
	 */
	record StateRequest(@Nullable Boolean enabled, @Nullable String reason) {

	}

}
