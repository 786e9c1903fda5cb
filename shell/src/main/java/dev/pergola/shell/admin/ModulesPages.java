package dev.pergola.shell.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ModuleHealth;
import dev.pergola.shell.console.ModuleRow;
import dev.pergola.shell.console.PlanRow;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/modules/**}: what is live, switched off and rolled out.
 */
final class ModulesPages {

	private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,64}");

	private final Console console;

	ModulesPages(Console console) {
		this.console = console;
	}

	/** {@code GET /admin/modules}. */
	Mono<ServerResponse> all(ServerRequest request, Visitor visitor) {
		return this.console.registry().get(request, "/modules").flatMap((answer) -> {
			View view = view("admin/modules", "Modules", visitor);
			if (answer.isDone()) {
				return this.console.page(request, visitor, view.with("modules", ModuleRow.list(answer)));
			}
			// The last good catalog, to read only.
			view.with("modules", this.console.whole().get().modules().stream().map(ModuleRow::of).toList());
			return this.console.page(request, visitor, Console.refused(answer, view));
		});
	}

	/** {@code GET /admin/modules/{module}}. */
	Mono<ServerResponse> one(ServerRequest request, Visitor visitor) {
		String module = request.pathVariable("module");
		return this.console.registry().get(request, "/modules/{module}", module).flatMap((answer) -> {
			if (answer.status() == 404) {
				return this.console.problems().notFound(request, visitor);
			}
			return detail(request, visitor, module, answer, RolloutForm.EMPTY).flatMap(
					(view) -> page(request, visitor, module, answer.isDone() ? view : Console.refused(answer, view)));
		});
	}

	/**
	 * {@code POST /admin/modules/{module}/state}: {@code enabled}, {@code reason}, and
	 * {@code version} for that one alone.
	 */
	Mono<ServerResponse> switchOffOrOn(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			boolean enabled = Console.field(fields, "enabled").equals("true");
			Map<String, Object> state = new LinkedHashMap<>();
			state.put("enabled", enabled);
			state.put("reason", Console.field(fields, "reason"));
			String version = Console.field(fields, "version");
			if (version.isEmpty()) {
				return change(request, visitor, fields, state, "/state", enabled ? "module-on" : "module-off",
						RolloutForm.EMPTY);
			}
			if (!VERSION.matcher(version).matches()) {
				return refused(request, visitor, request.pathVariable("module"),
						ServiceAnswer.unsent("There is no such version."));
			}
			return change(request, visitor, fields, state, "/versions/" + version + "/state",
					enabled ? "version-on" : "version-off", RolloutForm.EMPTY);
		});
	}

	/**
	 * {@code POST /admin/modules/{module}/rollout}: {@code version} to {@code share}
	 * percent of people, {@code rest} to the others; from {@code startsAt} until
	 * {@code endsAt} in {@code zone} where these are filled in.
	 */
	Mono<ServerResponse> rollOut(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			String module = request.pathVariable("module");
			RolloutForm form = RolloutForm.of(fields);
			return this.console.registry().get(request, "/modules/{module}", module).flatMap((now) -> {
				try {
					return change(request, visitor, fields, form.body(overrides(now)), "/channels/stable",
							form.isPlanned() ? "planned" : "rollout", form);
				}
				catch (IllegalArgumentException ex) {
					return refused(request, visitor, module, ServiceAnswer.unsent(String.valueOf(ex.getMessage())),
							form);
				}
			});
		});
	}

	/** {@code POST /admin/modules/{module}/plans/{id}/cancel}. */
	Mono<ServerResponse> cancelPlan(ServerRequest request, Visitor visitor) {
		String module = request.pathVariable("module");
		return this.console.registry()
			.send(request, HttpMethod.DELETE, null, null, "/modules/{module}/plans/{id}", module,
					request.pathVariable("id"))
			.flatMap((answer) -> answer.isDone() ? Console.done("/admin/modules/{module}", "plan-cancelled", module)
					: refused(request, visitor, module, answer, RolloutForm.EMPTY));
	}

	private static List<JsonNode> overrides(ServiceAnswer now) {
		return now.body().at("/channels/stable/overrides").valueStream().toList();
	}

	private Mono<ServerResponse> change(ServerRequest request, Visitor visitor, MultiValueMap<String, String> fields,
			Object body, String below, String done, RolloutForm form) {
		String module = request.pathVariable("module");
		String tag = Console.field(fields, "tag");
		return this.console.registry()
			.send(request, HttpMethod.PUT, tag.isEmpty() ? null : tag, body, "/modules/{module}" + below, module)
			.flatMap((answer) -> answer.isDone() ? Console.done("/admin/modules/{module}", done, module)
					: refused(request, visitor, module, answer, form));
	}

	private Mono<ServerResponse> page(ServerRequest request, Visitor visitor, String module, View view) {
		return ModuleHealth.of(this.console.registry(), request, module)
			.flatMap((health) -> this.console.page(request, visitor, view.with("health", health)));
	}

	/** The page of a module, and why nothing was done. */
	Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, String module, ServiceAnswer refusal) {
		return refused(request, visitor, module, refusal, RolloutForm.EMPTY);
	}

	/** The same with what was filled in for a rule. */
	Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, String module, ServiceAnswer refusal,
			RuleForm rule) {
		return this.console.registry()
			.get(request, "/modules/{module}", module)
			.flatMap((now) -> detail(request, visitor, module, now, RolloutForm.EMPTY))
			.flatMap((view) -> page(request, visitor, module, Console.refused(refusal, view.with("rule", rule))));
	}

	private Mono<ServerResponse> refused(ServerRequest request, Visitor visitor, String module, ServiceAnswer refusal,
			RolloutForm form) {
		return this.console.registry()
			.get(request, "/modules/{module}", module)
			.flatMap((now) -> detail(request, visitor, module, now, form))
			.flatMap((view) -> page(request, visitor, module, Console.refused(refusal, view)));
	}

	private Mono<View> detail(ServerRequest request, Visitor visitor, String module, ServiceAnswer answer,
			RolloutForm form) {
		if (!answer.isDone()) {
			return Mono.just(detail(visitor, module, answer, List.of(), form));
		}
		return this.console.registry()
			.get(request, "/modules/{module}/plans", module)
			.map((plans) -> detail(visitor, module, answer, PlanRow.list(plans), form));
	}

	private View detail(Visitor visitor, String module, ServiceAnswer answer, List<PlanRow> plans, RolloutForm form) {
		ModuleRow row = answer.isDone() ? ModuleRow.of(answer.body())
				: this.console.whole().get().findModule(module).map(ModuleRow::of).orElse(ModuleRow.unknown(module));
		String tag = answer.eTag();
		return view("admin/module", module, visitor).crumb("Modules", "/admin/modules")
			.with("module", row)
			.with("plans", plans)
			.with("form", form.rest().isEmpty() ? form.withRest(row.live()) : form)
			.with("rule", RuleForm.EMPTY)
			.with("readOnly", !answer.isDone())
			.with("tag", (tag != null) ? tag : "");
	}

	private static View view(String template, String title, Visitor visitor) {
		return View.of(template, title)
			.section(visitor.texts().get("admin"))
			.crumb(visitor.texts().get("admin"), "/admin");
	}

}
