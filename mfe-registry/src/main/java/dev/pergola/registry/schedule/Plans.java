package dev.pergola.registry.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.rollout.Channel.ChannelState;
import dev.pergola.registry.rollout.RolloutProperties;
import dev.pergola.registry.rollout.RolloutRequest;
import dev.pergola.registry.rollout.Rollouts;
import dev.pergola.registry.rollout.Rollouts.Step;
import dev.pergola.registry.schedule.Plan.States;
import org.jspecify.annotations.Nullable;

/**
 * Changes channels at once, or plans to.
 */
public final class Plans {

	/** How many that are over are shown. */
	private static final int SHOWN = 20;

	private final Journal journal;

	private final ModuleStore modules;

	private final Rollouts rollouts;

	private final PlanStore store;

	private final RolloutProperties properties;

	public Plans(Journal journal, ModuleStore modules, Rollouts rollouts, PlanStore store,
			RolloutProperties properties) {
		this.journal = journal;
		this.modules = modules;
		this.rollouts = rollouts;
		this.store = store;
		this.properties = properties;
	}

	/** Plans of a module: first those that are not over, by their start. */
	List<Plan> of(String module) {
		this.modules.get(module);
		List<Plan> plans = new ArrayList<>(this.store.open(module));
		plans.addAll(this.store.over(module, SHOWN));
		return plans;
	}

	/**
	 * Gives a version to all who have no override, at once.
	 * @param channel name of the channel, which need not exist yet
	 * @param version a published version, else {@link InvalidRequestException}
	 */
	public void giveToAll(Caller caller, String module, String channel, String version) {
		this.journal.write(caller, (write) -> {
			Module found = this.modules.get(module);
			caller.requireChange(found.team());
			ChannelState wanted = new ChannelState(List.of(RolloutShare.of(version, 100)),
					this.rollouts.current(module, channel).overrides());
			return now(write, found, channel, this.rollouts.prepare(module, channel, RolloutRequest.of(wanted)));
		});
	}

	Change change(Caller caller, String module, String channel, ChannelRequest request, @Nullable String ifMatch) {
		return this.journal.write(caller, (write) -> {
			Module found = this.modules.get(module);
			caller.requireChange(found.team());
			IfMatch.allow(ifMatch, found.revision(), () -> this.rollouts.current(module, channel).state());
			RolloutRequest wanted = request.change();
			Step step = this.rollouts.prepare(module, channel, wanted);
			Window window = Window.of(request.startsAt(), request.endsAt(), write.at(), this.properties.horizon());
			if (window.isNow()) {
				return now(write, found, channel, step);
			}
			Plan plan = plan(write, caller, found, channel, wanted.state(), window, step);
			checkRoom(plan, write.at());
			this.store.add(plan);
			if (window.startsAt() == null) {
				this.rollouts.apply(write, module, channel, step);
				write.record(
						new AuditFact("plan.start", plan.subject(), module, step.before().state(), PlanView.of(plan)));
				return new Change(plan, step.after().state(), write.revision());
			}
			write.record(new AuditFact("plan.create", plan.subject(), module, null, PlanView.of(plan)));
			return new Change(plan, step.before().state(), found.revision());
		});
	}

	void cancel(Caller caller, String module, String id) {
		this.journal.write(caller, (write) -> {
			Module found = this.modules.get(module);
			caller.requireChange(found.team());
			Plan plan = this.store.find(id)
				.filter((each) -> each.module().equals(module))
				.orElseThrow(() -> new NotFoundException("plan", id));
			if (plan.state().isOver()) {
				throw new PlanOverException(plan);
			}
			this.store.finish(id, PlanState.CANCELLED, write.at(), null);
			write.record(new AuditFact("plan.cancel", plan.subject(), module, PlanView.of(plan), null));
			return id;
		});
	}

	private Change now(Write write, Module module, String channel, Step step) {
		if (step.isNothing()) {
			return new Change(null, step.after().state(), module.revision());
		}
		this.rollouts.apply(write, module.name(), channel, step);
		write.record(new AuditFact("channel.change", module.name() + "/" + channel, module.name(),
				step.before().state(), step.after().state()));
		return new Change(null, step.after().state(), write.revision());
	}

	private static Plan plan(Write write, Caller caller, Module module, String channel, ChannelState wanted,
			Window window, Step step) {
		boolean isStarted = window.startsAt() == null;
		if (isStarted && step.isNothing()) {
			throw new InvalidRequestException("the change cannot be planned so", "/endsAt",
					"the channel is already so: there would be nothing to put back");
		}
		return new Plan(UUID.randomUUID().toString(), module.name(), channel,
				isStarted ? PlanState.RUNNING : PlanState.PLANNED, wanted, window, module.team(), write.at(), caller,
				isStarted ? new States(step.before(), step.after()) : null, null);
	}

	private void checkRoom(Plan plan, Instant now) {
		List<Plan> open = this.store.open(plan.module());
		if (open.size() >= this.properties.maxPlans()) {
			throw new InvalidRequestException("the change cannot be planned so", "",
					"there are already %d plans of module %s".formatted(open.size(), plan.module()));
		}
		open.stream()
			.filter((each) -> each.channel().equals(plan.channel()))
			.filter((each) -> plan.window().overlaps(each.start(), each.end(), now))
			.findFirst()
			.ifPresent((each) -> {
				String pointer = (plan.window().startsAt() != null) ? "/startsAt" : "/endsAt";
				throw new InvalidRequestException("the change cannot be planned so", pointer,
						"overlaps plan %s, from %s until %s".formatted(each.id(), each.start(),
								(each.end() != null) ? each.end() : "further notice"));
			});
	}

	/**
	 * What became of a request.
	 *
	 * @param plan {@code null} when everything was done at once
	 * @param channel the channel as it is now
	 * @param revision last write that changed the module
	 */
	record Change(@Nullable Plan plan, ChannelState channel, long revision) {

	}

}
