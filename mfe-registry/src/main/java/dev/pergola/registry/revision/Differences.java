package dev.pergola.registry.revision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.history.ModuleState;
import dev.pergola.registry.request.Person;
import dev.pergola.registry.revision.Difference.Change;
import dev.pergola.registry.revision.Difference.Field;
import dev.pergola.registry.revision.Difference.ModuleDifference;
import dev.pergola.registry.revision.Difference.Overlays;
import dev.pergola.registry.revision.Difference.PartDifference;
import dev.pergola.registry.revision.Difference.ServedDifference;
import dev.pergola.registry.revision.Served.Part;
import dev.pergola.registry.rollout.Channel.ChannelState;
import dev.pergola.registry.rollout.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Compares revisions.
 */
public final class Differences {

	private final PastCatalogs catalogs;

	private final HistoryStore history;

	private final RevisionStore revisions;

	public Differences(PastCatalogs catalogs, HistoryStore history, RevisionStore revisions) {
		this.catalogs = catalogs;
		this.history = history;
		this.revisions = revisions;
	}

	/**
	 * What is different.
	 * @param person who sees it, {@code null} to leave that out
	 */
	Difference between(long from, long to, @Nullable Person person) {
		this.catalogs.check(from);
		this.catalogs.check(to);
		Navigation before = this.history.navigationAt(from);
		Navigation after = this.history.navigationAt(to);
		return new Difference(from, to, modules(from, to), before.equals(after) ? null : new Overlays(before, after),
				(person != null) ? served(from, to, person) : null);
	}

	private List<ModuleDifference> modules(long from, long to) {
		Map<String, ModuleState> before = this.history.modulesAt(from);
		Map<String, ModuleState> after = this.history.modulesAt(to);
		Map<String, TreeSet<String>> published = this.revisions.published(Math.min(from, to), Math.max(from, to));
		Set<String> names = new TreeSet<>(before.keySet());
		names.addAll(after.keySet());
		List<ModuleDifference> differences = new ArrayList<>();
		for (String name : names) {
			ModuleState old = before.get(name);
			ModuleState now = after.get(name);
			List<Field> fields = new ArrayList<>();
			compare(values(old), values(now), fields);
			Set<String> versions = published.getOrDefault(name, new TreeSet<>());
			if (!versions.isEmpty()) {
				fields.add((from < to) ? new Field("versions", null, versions) : new Field("versions", versions, null));
			}
			if (!fields.isEmpty()) {
				differences.add(new ModuleDifference(name, change(old, now), fields));
			}
		}
		return differences;
	}

	private static void compare(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after,
			List<Field> fields) {
		Set<String> names = before.isEmpty() ? after.keySet() : before.keySet();
		for (String name : names) {
			Object old = before.get(name);
			Object now = after.get(name);
			if (!Objects.equals(old, now)) {
				fields.add(new Field(name, old, now));
			}
		}
	}

	private static Map<String, @Nullable Object> values(@Nullable ModuleState state) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		if (state != null) {
			values.put("team", state.module().team());
			values.put("enabled", state.module().enabled());
			values.put("reason", state.module().reason());
			ChannelState stable = state.channels().getOrDefault(Channel.STABLE, Channel.NONE).state();
			values.put("shares", stable.rollout());
			values.put("overrides", stable.overrides());
			Map<String, ChannelState> channels = new TreeMap<>();
			state.channels().forEach((name, channel) -> {
				if (!name.equals(Channel.STABLE)) {
					channels.put(name, channel.state());
				}
			});
			values.put("channels", channels);
		}
		return values;
	}

	private ServedDifference served(long from, long to, Person person) {
		Served before = Server.serve(this.catalogs.at(from), person);
		Served after = Server.serve(this.catalogs.at(to), person);
		return new ServedDifference(parts(before.modules(), after.modules()), parts(before.pages(), after.pages()),
				parts(before.navigation(), after.navigation()), parts(before.slots(), after.slots()),
				parts(before.agents(), after.agents()));
	}

	private static List<PartDifference> parts(List<? extends Part> before, List<? extends Part> after) {
		Map<String, Part> old = byKey(before);
		Map<String, Part> now = byKey(after);
		Set<String> keys = new TreeSet<>(old.keySet());
		keys.addAll(now.keySet());
		return keys.stream()
			.filter((key) -> !Objects.equals(old.get(key), now.get(key)))
			.map((key) -> part(old.get(key), now.get(key)))
			.toList();
	}

	private static PartDifference part(@Nullable Part before, @Nullable Part after) {
		Part some = Optional.ofNullable(after).or(() -> Optional.ofNullable(before)).orElseThrow();
		return new PartDifference(some.module(), some.id(), change(before, after), before, after);
	}

	private static Map<String, Part> byKey(List<? extends Part> parts) {
		return parts.stream()
			.collect(Collectors.toMap((part) -> part.module() + "\n" + part.id(), (part) -> part, (one, other) -> one,
					TreeMap::new));
	}

	private static Change change(@Nullable Object before, @Nullable Object after) {
		return (before == null) ? Change.APPEARS : (after == null) ? Change.VANISHES : Change.CHANGES;
	}

}
