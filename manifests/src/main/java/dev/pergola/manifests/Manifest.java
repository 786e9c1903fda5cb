package dev.pergola.manifests;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a module offers; never changes once published. Lists and maps are
 * empty, never null, and keep the order of the document. {@link ManifestReader} makes one
 * from JSON and says what is wrong with it; the constructor only checks what no part of
 * the portal could live without.
 *
 * @param schema number of the manifest schema, 1
 * @param module name of the module, {@code [a-z][a-z0-9-]{0,47}}
 * @param version SemVer 2.0 name of this release
 * @param host range of portal versions this module runs on, {@code *} when not said
 * @param files path of each file of the bundle and its integrity
 * ({@code sha384-<base64>})
 * @param shared import names the module expects of the portal, and the ranges it takes
 * @param upstream the module's own service, {@code null} when it has none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(int schema, String module, String version, Team team, String host, Entry entry,
		Map<String, String> files, Map<String, String> shared, List<Page> pages, List<NavigationItem> navigation,
		List<SlotFill> slots, List<SlotOffer> offers, @Nullable Upstream upstream, List<View> views, List<Agent> agents,
		Events events) {

	public Manifest {
		if (schema != 1) {
			throw new IllegalArgumentException("schema: %d (expected: 1)".formatted(schema));
		}
		Names.checkModule(module);
		Version.parse(version);
		host = (host != null) ? host : "*";
		files = Copies.of(files);
		shared = Copies.of(shared);
		pages = Copies.of(pages);
		navigation = Copies.of(navigation);
		slots = Copies.of(slots);
		offers = Copies.of(offers);
		views = Copies.of(views);
		agents = Copies.of(agents);
		events = (events != null) ? events : Events.NONE;
	}

	public Optional<Page> findPage(String id) {
		return this.pages.stream().filter((page) -> page.id().equals(id)).findFirst();
	}

	/**
	 * Title of the module: a readable form of its name.
	 * @param locale not used yet; a manifest has no title of its own
	 * @return never empty
	 */
	public String titleIn(Locale locale) {
		return LocalizedText.readable(this.module);
	}

	/**
	 * The same manifest with these hashes, as the registry fills them in.
	 * @param files path and integrity of each file
	 * @return a copy
	 */
	public Manifest withFiles(Map<String, String> files) {
		return new Manifest(this.schema, this.module, this.version, this.team, this.host, this.entry, files,
				this.shared, this.pages, this.navigation, this.slots, this.offers, this.upstream, this.views,
				this.agents, this.events);
	}

}
