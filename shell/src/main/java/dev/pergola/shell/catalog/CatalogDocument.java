package dev.pergola.shell.catalog;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code GET /catalog}: only what the person may open. A module that is
 * switched off stays in it, with the reason, so that its pages can say why.
 *
 * @param revision revision of the whole catalog this was made of
 * @param subject id of the person
 * @param navigation groups in their order; the first may have an empty name
 */
public record CatalogDocument(long revision, String subject, List<Module> modules, List<Page> pages, List<Slot> slots,
		List<Group> navigation, List<Agent> agents) {

	/**
	 * The same catalog for a person.
	 * @param subject id of the person
	 * @return a copy
	 */
	public CatalogDocument forSubject(String subject) {
		return new CatalogDocument(this.revision, subject, this.modules, this.pages, this.slots, this.navigation,
				this.agents);
	}

	/**
	 * A module in the person's version.
	 *
	 * @param reason why it is switched off, {@code null} while it is on
	 * @param integrity address of each file and its hash
	 * @param events event types its manifest declares
	 * @param off versions that are switched off, with the reason of each; absent when
	 * none is
	 */
	public record Module(String module, String version, String title, boolean enabled, @Nullable String reason,
			Entry entry, Map<String, String> integrity, Events events,
			@JsonInclude(Include.NON_EMPTY) Map<String, String> off) {
	}

	/**
	 * Event types of a module, {@code noun.verb.v1}.
	 */
	public record Events(List<String> publishes, List<String> subscribes) {
	}

	/**
	 * How a module starts.
	 *
	 * @param url address of the entry, {@code null} for a fragment
	 * @param styles addresses of style sheets
	 */
	public record Entry(String format, @Nullable String url, List<String> styles) {
	}

	/**
	 * A page the person may open.
	 *
	 * @param path path pattern, such as {@code /partnerships/{id}}
	 * @param element custom element that is the page, {@code null} when the entry mounts
	 * itself
	 */
	public record Page(String module, String id, String path, String title, @Nullable String element) {
	}

	/**
	 * An element for a slot; lower order first.
	 */
	public record Slot(String module, String slot, String element, int order) {
	}

	/**
	 * A heading of the navigation and what is under it, in order.
	 */
	public record Group(String group, List<Item> items) {
	}

	/**
	 * A link of the navigation.
	 *
	 * @param icon name of a portal icon, {@code null} for none
	 */
	public record Item(String module, String id, String title, String href, @Nullable String icon) {
	}

	/**
	 * An agent the person may ask.
	 */
	public record Agent(String module, String id, String title) {
	}

}
