package dev.pergola.registry.navigation;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that is different between two navigations.
 *
 * @param path JSON pointer by stable ids, such as {@code /items/deals~1deals/hidden}
 * @param subject {@code module/id}, {@code /id} of a link, or {@code group:id}
 * @param sentence what changes, for people
 * @param before value before, {@code null} for none
 * @param after value after, {@code null} for none
 * @param affected whom it concerns
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NavigationChange(String path, String subject, String sentence, @Nullable JsonNode before,
		@Nullable JsonNode after, Affected affected) {

	/**
	 * Whom a change concerns. The registry knows no people: it can tell that nobody
	 * notices, and otherwise which roles and permissions do.
	 *
	 * @param people 0 when nobody notices, {@code null} when the number is not known
	 * @param everyone whether all people who are signed in may notice
	 * @param roles each list names what somebody needs, all of it, to notice
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Affected(@Nullable Integer people, boolean everyone, List<List<String>> roles) {

		static final Affected NOBODY = new Affected(0, false, List.of());

		Affected {
			roles = List.copyOf(roles);
		}

		static Affected of(List<List<String>> roles) {
			boolean everyone = roles.stream().anyMatch(List::isEmpty);
			List<List<String>> named = roles.stream().filter((names) -> !names.isEmpty()).distinct().toList();
			return roles.isEmpty() ? NOBODY : new Affected(null, everyone, everyone ? List.of() : named);
		}

		static Affected all(List<NavigationChange> changes) {
			List<List<String>> roles = changes.stream()
				.flatMap((change) -> change.affected().roles().stream())
				.toList();
			boolean everyone = changes.stream().anyMatch((change) -> change.affected().everyone());
			return everyone ? new Affected(null, true, List.of()) : of(roles);
		}

	}

}
