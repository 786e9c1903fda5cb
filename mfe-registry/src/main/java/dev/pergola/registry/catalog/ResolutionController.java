package dev.pergola.registry.catalog;

import java.util.List;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolution.Rule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers who gets which version, and why.
 */
@RestController
public class ResolutionController {

	private static final int MAX_SUBJECTS = 1000;

	private final CatalogFeed feed;

	public ResolutionController(CatalogFeed feed) {
		this.feed = feed;
	}

	/**
	 * {@code GET /registry/v1/modules/{module}/resolution?subject=…}: one answer per
	 * subject, in their order.
	 * @param query {@code subject} up to 1,000 times; {@code tenant} once, {@code role}
	 * and {@code group} repeatedly, for what all of them are taken to be in
	 */
	@GetMapping("/registry/v1/modules/{module}/resolution")
	List<Answer> resolution(@PathVariable String module, @RequestParam MultiValueMap<String, String> query) {
		List<String> subjects = query.getOrDefault("subject", List.of());
		Set<String> roles = Set.copyOf(query.getOrDefault("role", List.of()));
		Set<String> groups = Set.copyOf(query.getOrDefault("group", List.of()));
		String tenant = query.getFirst("tenant");
		if (subjects.isEmpty() || subjects.size() > MAX_SUBJECTS || subjects.stream().anyMatch(String::isBlank)) {
			throw new InvalidRequestException("the question cannot be answered", "/subject",
					"give 1 to %d subjects, none of them blank".formatted(MAX_SUBJECTS));
		}
		CatalogModule found = this.feed.catalog()
			.findModule(module)
			.orElseThrow(() -> new NotFoundException("module", module));
		return subjects.stream().map((each) -> answer(found, new Audience(each, tenant, roles, groups))).toList();
	}

	private static Answer answer(CatalogModule module, Audience audience) {
		return Resolver.resolve(module, audience)
			.map((found) -> new Answer(audience.subject(), found.version(), found.reason(), found.rule()))
			.orElseGet(() -> new Answer(audience.subject(), null, "nothing is rolled out to them", null));
	}

	/**
	 * What somebody gets.
	 *
	 * @param version {@code null} when nothing is rolled out to them
	 * @param rule what decided, {@code null} when nothing did
	 */
	record Answer(String subject, @Nullable String version, String reason, @Nullable Rule rule) {

	}

}
