package dev.pergola.shell.admin;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.shell.console.Console;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code /admin/modules/{module}/guard}: what takes a rollout back by itself.
 */
final class GuardForms {

	private final Console console;

	private final ModulesPages pages;

	GuardForms(Console console, ModulesPages pages) {
		this.console = console;
		this.pages = pages;
	}

	/** {@code POST /admin/modules/{module}/guard}: its rules. */
	Mono<ServerResponse> change(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			String module = request.pathVariable("module");
			return this.console.registry()
				.send(request, HttpMethod.PUT, Console.field(fields, "tag"), rules(fields), "/modules/{module}/guard",
						module)
				.flatMap((answer) -> answer.isDone() ? Console.done("/admin/modules/{module}", "guard", module)
						: this.pages.refused(request, visitor, module, answer));
		});
	}

	/** {@code POST /admin/modules/{module}/guard/resume}. */
	Mono<ServerResponse> resume(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			String module = request.pathVariable("module");
			return this.console.registry()
				.send(request, HttpMethod.POST, null, null, "/modules/{module}/guard/resume", module)
				.flatMap((answer) -> answer.isDone() ? Console.done("/admin/modules/{module}", "guard-resumed", module)
						: this.pages.refused(request, visitor, module, answer));
		});
	}

	private static Map<String, @Nullable Object> rules(MultiValueMap<String, String> fields) {
		Map<String, @Nullable Object> rules = new LinkedHashMap<>();
		rules.put("enabled", Console.field(fields, "enabled").equals("true"));
		for (String name : List.of("maxErrorRate", "maxLcp", "minLoads")) {
			rules.put(name, number(Console.field(fields, name)));
		}
		for (String name : List.of("window", "stepAfter")) {
			rules.put(name, Console.field(fields, name));
		}
		rules.put("steps",
				Arrays.stream(Console.field(fields, "steps").split("[,;\\s]+"))
					.filter((step) -> !step.isEmpty())
					.map(GuardForms::number)
					.toList());
		return rules;
	}

	private static @Nullable BigDecimal number(String text) {
		try {
			return text.isEmpty() ? null : new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			// The registry says what it expects.
			return BigDecimal.valueOf(-1);
		}
	}

}
