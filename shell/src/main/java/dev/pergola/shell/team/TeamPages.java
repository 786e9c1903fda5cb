package dev.pergola.shell.team;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.Console;
import dev.pergola.shell.console.ServiceAnswer;
import dev.pergola.shell.layout.View;
import dev.pergola.shell.layout.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code …/teams/{team}} of one console: members, publishers and tokens of a team; for
 * administrators also its contact, hosts and reserved names. Every change is a form that
 * leads back to the page.
 */
public final class TeamPages {

	private static final Set<String> LIFETIMES = Set.of("P7D", "P30D", "P90D");

	private final Console console;

	private final String role;

	/**
	 * The pages of one console.
	 * @param console what consoles share
	 * @param role {@code admin} or {@code developer}, which also is the first segment of
	 * their addresses
	 */
	public TeamPages(Console console, String role) {
		this.console = console;
		this.role = role;
	}

	/** {@code GET …/teams/{team}}. */
	public Mono<ServerResponse> show(ServerRequest request, Visitor visitor) {
		return page(request, visitor, null);
	}

	/** {@code POST …/teams/{team}}: {@code contact}, {@code hosts} in lines. */
	public Mono<ServerResponse> write(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			Map<String, Object> team = new LinkedHashMap<>();
			team.put("hosts", lines(fields, "hosts"));
			if (!Console.field(fields, "contact").isEmpty()) {
				team.put("contact", Console.field(fields, "contact"));
			}
			return send(request, visitor, HttpMethod.PUT, Console.field(fields, "tag"), team, "", "team-changed");
		});
	}

	/** {@code POST …/teams/{team}/names}: each kind in lines. */
	public Mono<ServerResponse> reserve(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			Map<String, Object> names = new LinkedHashMap<>();
			List.of("paths", "elements", "navigation", "modules")
				.forEach((kind) -> names.put(kind, lines(fields, kind)));
			return send(request, visitor, HttpMethod.PUT, Console.field(fields, "tag"), names, "/names",
					"names-reserved");
		});
	}

	/** {@code POST …/teams/{team}/members}: {@code subject}, and {@code do=remove}. */
	public Mono<ServerResponse> members(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			boolean removes = Console.field(fields, "do").equals("remove");
			return send(request, visitor, removes ? HttpMethod.DELETE : HttpMethod.PUT, "", null, "/members/{subject}",
					removes ? "member-removed" : "member-added", Console.field(fields, "subject"));
		});
	}

	/**
	 * {@code POST …/teams/{team}/publishers}: {@code name}, {@code issuer},
	 * {@code subject}, {@code audience}, {@code claims} as lines of {@code name=value}.
	 */
	public Mono<ServerResponse> addPublisher(ServerRequest request, Visitor visitor) {
		return this.console.forms().fields(request).flatMap((fields) -> {
			Map<String, Object> publisher = new LinkedHashMap<>();
			for (String name : List.of("name", "issuer", "subject", "audience")) {
				if (!Console.field(fields, name).isEmpty()) {
					publisher.put(name, Console.field(fields, name));
				}
			}
			Map<String, String> claims = new LinkedHashMap<>();
			lines(fields, "claims").forEach((line) -> {
				String[] claim = line.split("=", 2);
				claims.put(claim[0].strip(), (claim.length > 1) ? claim[1].strip() : "");
			});
			publisher.put("claims", claims);
			return send(request, visitor, HttpMethod.POST, "", publisher, "/publishers", "publisher-added");
		});
	}

	/** {@code POST …/teams/{team}/publishers/{id}/remove}. */
	public Mono<ServerResponse> removePublisher(ServerRequest request, Visitor visitor) {
		return send(request, visitor, HttpMethod.DELETE, "", null, "/publishers/{id}", "publisher-removed",
				request.pathVariable("id"));
	}

	/** {@code POST …/teams/{team}/tokens/{id}/revoke}. */
	public Mono<ServerResponse> revoke(ServerRequest request, Visitor visitor) {
		return send(request, visitor, HttpMethod.DELETE, "", null, "/tokens/{id}", "token-revoked",
				request.pathVariable("id"));
	}

	/**
	 * {@code POST …/teams/{team}/tokens}: {@code name}, {@code lifetime}. The one page
	 * that shows a secret: the answer to the form itself, never stored and not to be
	 * reached again.
	 */
	public Mono<ServerResponse> issue(ServerRequest request, Visitor visitor) {
		String team = request.pathVariable("team");
		return this.console.forms().fields(request).flatMap((fields) -> {
			String lifetime = Console.field(fields, "lifetime");
			Map<String, String> wanted = Map.of("name", Console.field(fields, "name"), "expiresIn",
					LIFETIMES.contains(lifetime) ? lifetime : Duration.ofDays(30).toString());
			return this.console.registry()
				.send(request, HttpMethod.POST, null, wanted, "/teams/{team}/tokens", team)
				.flatMap((answer) -> answer.isDone() ? issued(request, visitor, team, answer)
						: page(request, visitor, answer));
		});
	}

	/** Where the page with a new token is: reloaded, it has nothing to show any more. */
	public Mono<ServerResponse> afterIssue(ServerRequest request, Visitor visitor) {
		String path = request.path();
		return ServerResponse.seeOther(URI.create(path.substring(0, path.lastIndexOf('/')))).build();
	}

	private Mono<ServerResponse> issued(ServerRequest request, Visitor visitor, String team, ServiceAnswer answer) {
		String origin = request.uri().getScheme() + "://" + request.uri().getAuthority();
		return this.console.page(request, visitor,
				View.of("developer/token", "New token")
					.section(visitor.texts().get(this.role))
					.crumb(visitor.texts().get(this.role), "/" + this.role)
					.with("team", team)
					.with("back", "/%s/teams/%s".formatted(this.role, team))
					.with("token", answer.body().path("token").asString(""))
					.with("expires", AuditLine.time(answer.body().path("expiresAt").asString("")))
					.with("publish", "PERGOLA_URL=%s PERGOLA_TOKEN=<token> pergola publish .".formatted(origin)));
	}

	private Mono<ServerResponse> send(ServerRequest request, Visitor visitor, HttpMethod method, String tag,
			@Nullable Object body, String below, String done, Object... values) {
		String team = request.pathVariable("team");
		Object[] all = new Object[values.length + 1];
		all[0] = team;
		System.arraycopy(values, 0, all, 1, values.length);
		return this.console.registry()
			.send(request, method, tag.isEmpty() ? null : tag, body, "/teams/{team}" + below, all)
			.flatMap((answer) -> answer.isDone() ? Console.done("/" + this.role + "/teams/{team}", done, team)
					: page(request, visitor, answer));
	}

	private Mono<ServerResponse> page(ServerRequest request, Visitor visitor, @Nullable ServiceAnswer refusal) {
		String team = request.pathVariable("team");
		return Mono
			.zip(this.console.registry().get(request, "/teams/{team}", team),
					this.console.registry().get(request, "/teams/{team}/tokens", team))
			.flatMap((told) -> {
				ServiceAnswer now = told.getT1();
				if (refusal == null && (now.status() == 404 || now.status() == 403)) {
					return this.console.problems().notFound(request, visitor);
				}
				String tag = now.eTag();
				View view = View.of("team/show", team)
					.section(visitor.texts().get(this.role))
					.crumb(visitor.texts().get(this.role), "/" + this.role)
					.with("role", this.role)
					.with("team", TeamView.of(team, now.body()))
					.with("tokens", TeamToken.list(told.getT2()))
					.with("readOnly", !now.isDone())
					.with("tag", (tag != null) ? tag : "");
				if (this.role.equals("admin")) {
					view.crumb("Teams", "/admin/teams");
				}
				ServiceAnswer complaint = (refusal != null) ? refusal : now;
				return this.console.page(request, visitor,
						complaint.isDone() ? view : Console.refused(complaint, view));
			});
	}

	private static List<String> lines(MultiValueMap<String, String> fields, String name) {
		return Arrays.stream(Console.field(fields, name).split("\\R"))
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.toList();
	}

}
