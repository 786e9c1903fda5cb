package dev.pergola.registry.guard;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.guard.GuardStore.Guard;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.Rollouts;
import org.jspecify.annotations.Nullable;

/**
 * Sets guards, and lets them and people move what they watch.
 */
public final class Guards {

	private final Journal journal;

	private final ModuleStore modules;

	private final Rollouts rollouts;

	private final GuardStore store;

	private final Watches watches;

	private final Clock clock;

	public Guards(Journal journal, ModuleStore modules, Rollouts rollouts, GuardStore store, Watches watches,
			Clock clock) {
		this.journal = journal;
		this.modules = modules;
		this.rollouts = rollouts;
		this.store = store;
		this.watches = watches;
		this.clock = clock;
	}

	Optional<Guard> find(String module) {
		return this.store.find(this.modules.get(module).name());
	}

	/** Sets the rules of a module's guard. */
	Guard change(Caller caller, String name, GuardRules rules, @Nullable String ifMatch) {
		return this.journal.write(caller, (write) -> {
			Module module = this.modules.get(name);
			caller.requireChange(module.team());
			Optional<Guard> guard = this.store.find(name);
			GuardRules before = guard.map(Guard::rules).orElse(null);
			long revision = guard.map(Guard::revision).orElse(0L);
			IfMatch.require(ifMatch, revision, () -> (before != null) ? before : Optional.empty());
			Watch watch = guard.map(Guard::watch).orElse(Watch.IDLE);
			if (rules.equals(before)) {
				return new Guard(name, rules, revision, watch);
			}
			this.store.put(name, rules, write.revision());
			write.record(new AuditFact("guard.change", name, name, before, rules));
			return new Guard(name, rules, write.revision(), watch);
		});
	}

	/**
	 * Puts back what the guard of a module took away; {@link NotStoppedException} when it
	 * took nothing, or somebody changed the channel since.
	 */
	Guard resume(Caller caller, String name) {
		return this.journal.write(caller, (write) -> {
			caller.requireChange(this.modules.get(name).team());
			Guard guard = this.store.find(name)
				.orElseThrow(() -> new NotStoppedException("%s has no guard".formatted(name)));
			Watch watch = guard.watch();
			if (watch.state() != Watch.State.STOPPED) {
				throw new NotStoppedException("the guard of %s has stopped nothing".formatted(name));
			}
			Channel now = this.rollouts.current(name, Channel.STABLE);
			boolean isUntouched = now.segments().size() == 1
					&& now.segments().getFirst().version().equals(watch.older());
			if (!isUntouched) {
				throw new NotStoppedException("somebody rolled out since the guard of %s stopped".formatted(name));
			}
			Channel after = new Channel(watch.taken(), now.overrides());
			move(write, name, this.rollouts.prepare(name, Channel.STABLE, after));
			Watch again = Rollout.of(after)
				.map((rollout) -> Watch.again(rollout, this.clock.instant()))
				.orElse(Watch.IDLE);
			this.watches.put(name, again);
			return new Guard(name, guard.rules(), guard.revision(), again);
		});
	}

	/**
	 * Moves a channel as a guard found right, unless somebody changed it meanwhile.
	 * @param reason with the numbers
	 * @param watch where the guard stands then
	 * @return whether it was done
	 */
	boolean move(String name, Channel seen, Channel after, String reason, Watch watch) {
		Caller guard = new Caller("guard", Caller.Kind.SERVICE, Set.of(Caller.ADMINISTRATOR), "registry", reason);
		return this.journal.write(guard, (write) -> {
			if (!this.rollouts.current(name, Channel.STABLE).equals(seen)) {
				return false;
			}
			move(write, name, this.rollouts.prepare(name, Channel.STABLE, after));
			this.watches.put(name, watch);
			return true;
		});
	}

	private void move(Write write, String name, Rollouts.Step step) {
		this.rollouts.apply(write, name, Channel.STABLE, step);
		write.record(new AuditFact("channel.change", name + "/" + Channel.STABLE, name, step.before().state(),
				step.after().state()));
	}

}
