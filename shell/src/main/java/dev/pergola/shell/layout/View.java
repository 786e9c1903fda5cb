package dev.pergola.shell.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * What stands in {@code <main>} of one answer, and what the page around it has to know.
 */
public final class View {

	private final String template;

	private final String title;

	private final Map<String, Object> model = new LinkedHashMap<>();

	private final List<Crumb> crumbs = new ArrayList<>();

	private final List<String> styles = new ArrayList<>();

	private final List<String> preloads = new ArrayList<>();

	private final Set<String> imports = new LinkedHashSet<>();

	private final List<String> scripts = new ArrayList<>();

	private final Map<String, Object> state = new LinkedHashMap<>();

	private HttpStatusCode status = HttpStatus.OK;

	private boolean ownHeading;

	private boolean top;

	private @Nullable String section;

	private View(String template, String title) {
		this.template = template;
		this.title = title;
	}

	/**
	 * A view of a template.
	 * @param template name below {@code templates/shell/}
	 * @param title title of the page and its {@code h1}
	 * @return the view
	 */
	public static View of(String template, String title) {
		return new View(template, title);
	}

	/** Says what the template reads under a name. */
	public View with(String name, Object value) {
		this.model.put(name, value);
		return this;
	}

	/** Sets the status of the answer, 200 otherwise. */
	public View status(HttpStatusCode status) {
		this.status = status;
		return this;
	}

	/** Names what the page belongs to, for the document title. */
	public View section(String section) {
		this.section = section;
		return this;
	}

	/** Adds a step before the page itself. */
	public View crumb(String title, String href) {
		this.crumbs.add(new Crumb(title, href));
		return this;
	}

	/** Adds a style sheet of this origin. */
	public View style(String href) {
		this.styles.add(href);
		return this;
	}

	/** Adds a module script the page is about to need. */
	public View preload(String href) {
		this.preloads.add(href);
		return this;
	}

	/** Names what modules on the page import from the portal. */
	public View imports(Collection<String> names) {
		this.imports.addAll(names);
		return this;
	}

	/** Adds a module script of this origin that only this page runs. */
	public View script(String src) {
		this.scripts.add(src);
		return this;
	}

	/** Adds to the state the browser reads. */
	public View state(String name, Object value) {
		this.state.put(name, value);
		return this;
	}

	/** Says that the content has its own {@code h1}. */
	public View ownHeading() {
		this.ownHeading = true;
		return this;
	}

	/** Says that the page is the first one, with nothing above it. */
	public View top() {
		this.top = true;
		return this;
	}

	/** Says in a sentence what the page is for, under its heading. */
	public View lead(String lead) {
		return with("lead", lead);
	}

	String template() {
		return this.template;
	}

	String title() {
		return this.title;
	}

	@Nullable String section() {
		return this.section;
	}

	boolean hasOwnHeading() {
		return this.ownHeading;
	}

	HttpStatusCode status() {
		return this.status;
	}

	Map<String, Object> model() {
		return this.model;
	}

	Map<String, Object> state() {
		return this.state;
	}

	List<String> styles() {
		return this.styles;
	}

	List<String> preloads() {
		return this.preloads;
	}

	Set<String> imports() {
		return this.imports;
	}

	List<String> scripts() {
		return this.scripts;
	}

	List<Crumb> trail(String home) {
		if (this.top) {
			return List.of();
		}
		List<Crumb> trail = new ArrayList<>();
		trail.add(new Crumb(home, "/"));
		trail.addAll(this.crumbs);
		trail.add(new Crumb(this.title, null));
		return trail;
	}

}
