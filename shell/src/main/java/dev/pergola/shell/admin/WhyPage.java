package dev.pergola.shell.admin;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /admin/why?subject=&tenant=&roles=&groups=&module=}: which version of every
 * module somebody gets, and the rule that decided. It asks the catalog and the resolver
 * that also make people's own pages, so it says what they see.
 */
final class WhyPage {

	private static final int PAGE = 100;

	private final Console console;

	WhyPage(Console console) {
		this.console = console;
	}

	Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		Question question = Question.of(request);
		View view = View.of("admin/why", "Who gets what")
			.section(visitor.texts().get("admin"))
			.crumb(visitor.texts().get("admin"), "/admin")
			.lead("Which version of each module a person gets, and why.")
			.with("question", question)
			.with("asked", !question.subject().isEmpty());
		if (question.subject().isEmpty()) {
			if (question.isNobody()) {
				view.status(HttpStatus.UNPROCESSABLE_CONTENT).with("complaints", List.of("Name a person."));
			}
			return this.console.page(request, visitor, view);
		}
		List<Answer> answers = this.console.whole()
			.get()
			.modules()
			.stream()
			.filter((module) -> module.module().contains(question.module()))
			.sorted(Comparator.comparing(CatalogModule::module))
			.map((module) -> Answer.of(module, question.audience()))
			.toList();
		int from = Math.clamp(question.from(), 0, answers.size());
		int until = Math.min(answers.size(), from + PAGE);
		view.with("answers", answers.subList(from, until))
			.with("count", answers.size())
			.with("next", (until < answers.size()) ? until : 0);
		return this.console.page(request, visitor, view);
	}

	/**
	 * What was asked.
	 *
	 * @param roles names with commas or spaces between them
	 * @param groups the same
	 * @param module part of a module's name, empty for all modules
	 * @param from how many answers are left out
	 */
	record Question(String subject, String tenant, String roles, String groups, String module, int from) {

		static Question of(ServerRequest request) {
			String from = field(request, "from");
			return new Question(field(request, "subject"), field(request, "tenant"), field(request, "roles"),
					field(request, "groups"), field(request, "module"),
					from.matches("[0-9]{1,6}") ? Integer.parseInt(from) : 0);
		}

		Audience audience() {
			return new Audience(this.subject, this.tenant.isEmpty() ? null : this.tenant, names(this.roles),
					names(this.groups));
		}

		boolean isNobody() {
			return !(this.tenant + this.roles + this.groups).isEmpty();
		}

		private static String field(ServerRequest request, String name) {
			return request.queryParam(name).orElse("").strip();
		}

		private static Set<String> names(String text) {
			Set<String> names = new LinkedHashSet<>(Arrays.asList(text.split("[,\\s]+")));
			names.remove("");
			return names;
		}

	}

	/**
	 * What they get of one module.
	 *
	 * @param version empty when nothing is rolled out to them
	 * @param rule kind of the rule that decided, empty when there is none
	 */
	record Answer(String module, boolean enabled, String version, String reason, String rule) {

		static Answer of(CatalogModule module, Audience audience) {
			return Resolver.resolve(module, audience)
				.map((found) -> new Answer(module.module(), module.enabled(), found.version(), found.reason(),
						found.rule().kind().text()))
				.orElseGet(
						() -> new Answer(module.module(), module.enabled(), "", "nothing is rolled out to them", ""));
		}

	}

}
