package dev.pergola.registry.request;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolution;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;

import org.springframework.util.MultiValueMap;

/**
 * Somebody a question is about.
 *
 * @param audience whose subject is empty when it is nobody in particular; they get what
 * most people get
 * @param names roles and permissions
 */
public record Person(Audience audience, Set<String> names) {

	private static final List<String> PARAMETERS = List.of("subject", "tenant", "role", "permission", "group");

	public Person {
		names = Set.copyOf(names);
	}

	/**
	 * Somebody, described.
	 * @param permissions permissions beside the roles; each counts as a group
	 */
	public static Person of(String subject, String tenant, List<String> roles, List<String> permissions,
			List<String> groups) {
		Set<String> names = new HashSet<>(roles);
		names.addAll(permissions);
		Set<String> all = new HashSet<>(groups);
		all.addAll(permissions);
		return new Person(new Audience(subject, tenant.isEmpty() ? null : tenant, Set.copyOf(roles), all), names);
	}

	/**
	 * Somebody a query describes: {@code subject} and {@code tenant} once, {@code role},
	 * {@code permission} and {@code group} any number of times. What is missing is empty.
	 */
	public static Person in(MultiValueMap<String, String> query) {
		return of(first(query, "subject"), first(query, "tenant"), query.getOrDefault("role", List.of()),
				query.getOrDefault("permission", List.of()), query.getOrDefault("group", List.of()));
	}

	/** Whether a query describes anybody. */
	public static boolean isIn(MultiValueMap<String, String> query) {
		return PARAMETERS.stream().anyMatch(query::containsKey);
	}

	private static String first(MultiValueMap<String, String> query, String name) {
		return Stream.ofNullable(query.getFirst(name)).findFirst().orElse("");
	}

	public boolean has(List<String> requires) {
		return this.names.containsAll(requires);
	}

	public boolean isNobodyInParticular() {
		return this.audience.subject().isEmpty();
	}

	/**
	 * The version they get of a module, and why.
	 * @return empty when nothing is rolled out to them
	 */
	public Optional<Resolution> resolve(CatalogModule module) {
		return Resolver.resolve(given(module), this.audience);
	}

	/**
	 * Manifest of the version they get of a module.
	 * @return empty when nothing is rolled out to them
	 */
	public Optional<Manifest> version(CatalogModule module) {
		return Resolver.version(given(module), this.audience);
	}

	/** Nobody in particular falls into no bucket. */
	private CatalogModule given(CatalogModule module) {
		if (!isNobodyInParticular()) {
			return module;
		}
		Map<String, List<RolloutShare>> channels = new LinkedHashMap<>();
		module.channels().forEach((name, segments) -> channels.put(name, largest(module, segments)));
		return new CatalogModule(module.module(), module.team(), module.enabled(), module.reason(),
				module.upstreamUrl(), largest(module, module.rollout()), module.overrides(), channels,
				module.versions(), module.off());
	}

	private static List<RolloutShare> largest(CatalogModule module, List<RolloutShare> segments) {
		return RolloutLayout.shares(segments)
			.stream()
			.max(Comparator.comparing((RolloutShare share) -> !module.off().containsKey(share.version()))
				.thenComparing(RolloutShare::share))
			.map((largest) -> List.of(RolloutShare.of(largest.version(), 100)))
			.orElse(List.of());
	}

}
