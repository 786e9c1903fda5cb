package dev.pergola.shell.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.pergola.shell.assets.Asset;
import dev.pergola.shell.assets.Assets;
import dev.pergola.shell.catalog.CatalogDocument;
import dev.pergola.shell.catalog.ImportMap;
import dev.pergola.shell.person.Person;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Puts a view into the layout and answers with it: navigation, banner, import map, state
 * for the browser, and the security headers of the page.
 */
public final class PageRenderer {

	/**
	 * Scripts every page starts; what stands in a folder below is loaded when it is used.
	 */
	private static final Pattern RUNTIME = Pattern.compile("(shell|client)/[^/]+\\.js");

	private static final String START = "shell/start.js";

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private static final List<String> OWN_STYLES = List.of("design/tokens.css", "design/pergola.css");

	private static final Map<String, String> THEME_ICONS = Map.of("system", "device-desktop", "light", "sun", "dark",
			"moon", "contrast", "contrast");

	private static final List<String> THEMES = List.of("system", "light", "dark", "contrast");

	private final String product;

	private final Assets assets;

	private final JsonMapper json;

	private final Notices notices;

	private final Map<String, Object> runtime;

	/**
	 * A renderer for one portal.
	 * @param product name of the product
	 * @param assets the portal's own files
	 * @param json writes the page state
	 * @param notices what everybody has to know now
	 * @param runtime what the browser reads on every page of a person
	 */
	public PageRenderer(String product, Assets assets, JsonMapper json, Notices notices, Map<String, Object> runtime) {
		this.product = product;
		this.assets = assets;
		this.json = json;
		this.notices = notices;
		this.runtime = Map.copyOf(runtime);
	}

	/**
	 * Answers with a page.
	 * @param visitor whom it is for
	 * @param view what stands in it
	 * @return the answer
	 */
	public Mono<ServerResponse> render(Visitor visitor, View view) {
		ContentSecurityPolicy policy = ContentSecurityPolicy.fresh();
		Map<String, Object> model = new LinkedHashMap<>(view.model());
		model.put("page", layout(visitor, view, policy.nonce()));
		model.put("t", visitor.texts());
		model.put("content", view.template());
		model.put("themes", THEMES);
		model.put("themeIcons", THEME_ICONS);
		return ServerResponse.status(view.status())
			.contentType(HTML)
			.cacheControl(CacheControl.noStore())
			.headers((headers) -> {
				headers.set("Content-Security-Policy", policy.header());
				headers.set("Content-Language", visitor.locale().toLanguageTag());
				headers.set("Cross-Origin-Opener-Policy", "same-origin");
				headers.set("Cross-Origin-Resource-Policy", "same-origin");
				headers.set("Referrer-Policy", "same-origin");
				headers.set("X-Content-Type-Options", "nosniff");
				headers.setVary(List.of("Cookie", "Accept-Language"));
			})
			.render("shell/layout", model);
	}

	private Layout layout(Visitor visitor, View view, String nonce) {
		Person person = visitor.person();
		CatalogDocument catalog = visitor.catalog().document();
		List<Layout.Agent> agents = catalog.agents()
			.stream()
			.map((agent) -> new Layout.Agent(agent.module(), agent.id(), agent.title()))
			.toList();
		Map<String, String> integrity = integrity(catalog);
		return new Layout(this.product, documentTitle(view), view.hasOwnHeading() ? null : view.title(),
				visitor.locale().toLanguageTag(), direction(visitor.locale()), visitor.appearance(), nonce,
				(person != null) ? visitor.catalog().importMap() : null, state(visitor, view), styles(view, integrity),
				(person != null) ? preloads(view, integrity) : List.of(), scripts(person, view),
				this.assets.url("design/icons.svg"), new NavigationView(visitor).groups(),
				view.trail(visitor.texts().get("home")), person, agents, this.assets.build(), visitor.path(),
				this.notices.current(visitor.texts()));
	}

	private String documentTitle(View view) {
		String section = view.section();
		return (section == null || section.equals(view.title())) ? view.title() + " - " + this.product
				: view.title() + " - " + section + " - " + this.product;
	}

	private List<Layout.Link> styles(View view, Map<String, String> integrity) {
		List<Layout.Link> styles = new ArrayList<>();
		for (String own : OWN_STYLES) {
			this.assets.find(own).ifPresent((asset) -> styles.add(link(asset)));
		}
		view.styles().forEach((href) -> styles.add(new Layout.Link(href, integrity.get(href))));
		return styles;
	}

	// All of the runtime, and what the modules share, at once: a chain of imports would
	// cost a round trip for each link.
	private List<Layout.Link> preloads(View view, Map<String, String> integrity) {
		Set<Layout.Link> preloads = new LinkedHashSet<>();
		view.preloads().forEach((href) -> preloads.add(new Layout.Link(href, integrity.get(href))));
		this.assets.all()
			.stream()
			.filter((asset) -> RUNTIME.matcher(asset.path()).matches())
			.forEach((asset) -> preloads.add(link(asset)));
		view.imports()
			.stream()
			.flatMap((name) -> ImportMap.file(this.assets, name).stream())
			.flatMap((asset) -> this.assets.withImports(asset).stream())
			.forEach((asset) -> preloads.add(link(asset)));
		return List.copyOf(preloads);
	}

	private Layout.Link link(Asset asset) {
		return new Layout.Link(this.assets.url(asset.path()), asset.integrity());
	}

	private List<String> scripts(@Nullable Person person, View view) {
		List<String> scripts = new ArrayList<>();
		if (person != null && this.assets.find(START).isPresent()) {
			scripts.add(this.assets.url(START));
			scripts.addAll(view.scripts());
		}
		return scripts;
	}

	private String state(Visitor visitor, View view) {
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("locale", visitor.locale().toLanguageTag());
		state.put("build", this.assets.build());
		Person person = visitor.person();
		if (person != null) {
			state.put("session", session(person));
			state.putAll(this.runtime);
			state.put("words", visitor.texts().browser());
			state.put("revision", visitor.catalog().revision());
			state.put("catalog", visitor.catalog().document().forSubject(person.subject()));
		}
		state.putAll(view.state());
		return script(state);
	}

	private static Map<String, @Nullable Object> session(Person person) {
		Map<String, @Nullable Object> session = new LinkedHashMap<>();
		session.put("subject", person.subject());
		session.put("name", person.name());
		session.put("roles", person.roles());
		session.put("permissions", person.permissions());
		session.put("tenant", person.tenant());
		return session;
	}

	/*
	 * Inside <script> only "<" could end the element or open a comment.
	 */
	private String script(Object value) {
		return this.json.writeValueAsString(value).replace("<", "\\u003c");
	}

	private static Map<String, String> integrity(CatalogDocument catalog) {
		return catalog.modules()
			.stream()
			.flatMap((module) -> module.integrity().entrySet().stream())
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static String direction(Locale locale) {
		return switch (locale.getLanguage()) {
			case "ar", "fa", "he", "iw", "ur" -> "rtl";
			default -> "ltr";
		};
	}

}
