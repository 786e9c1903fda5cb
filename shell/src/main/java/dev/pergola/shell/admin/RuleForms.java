package dev.pergola.shell.admin;

import java.util.Map;
import java.util.function.BiFunction;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/modules/{module}/rules}: who gets something of their own.
 */
final class RuleForms {

	private final Console console;

	private final ModulesPages pages;

	RuleForms(Console console, ModulesPages pages) {
		this.console = console;
		this.pages = pages;
	}

	/**
	 * {@code POST /admin/modules/{module}/rules}: {@code kind} and {@code name} get what
	 * {@code gives} says.
	 */
	Mono<ServerResponse> add(ServerRequest request, Visitor visitor) {
		return change(request, visitor, "rule-added", RuleForm::added);
	}

	/** {@code POST /admin/modules/{module}/rules/remove}: {@code kind}, {@code name}. */
	Mono<ServerResponse> remove(ServerRequest request, Visitor visitor) {
		return change(request, visitor, "rule-removed", RuleForm::removed);
	}

	private Mono<ServerResponse> change(ServerRequest request, Visitor visitor, String done,
			BiFunction<RuleForm, JsonNode, Map<String, Object>> body) {
		String module = request.pathVariable("module");
		return this.console.forms().fields(request).flatMap((fields) -> {
			RuleForm form = RuleForm.of(fields);
			return this.console.registry().get(request, "/modules/{module}", module).flatMap((now) -> {
				if (!now.isDone()) {
					return this.pages.refused(request, visitor, module, now);
				}
				JsonNode stable = now.body().at("/channels/stable");
				return this.console.registry()
					.send(request, HttpMethod.PUT, Console.field(fields, "tag"), body.apply(form, stable),
							"/modules/{module}/channels/stable", module)
					.flatMap((answer) -> answer.isDone() ? Console.done("/admin/modules/{module}", done, module)
							: this.pages.refused(request, visitor, module, answer, form.with(answer, stable)));
			});
		});
	}

}
