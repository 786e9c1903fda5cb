package dev.pergola.shell.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.pergola.manifests.EntryFormat;
import dev.pergola.shell.assets.Asset;
import dev.pergola.shell.assets.Assets;

/**
 * Import map with the integrity of every script it can lead to.
 *
 * @param imports address of each import name
 * @param integrity hash of each address
 */
public record ImportMap(Map<String, String> imports, Map<String, String> integrity) {

	private static final Map<String, String> OWN = Map.of("@pergola/design", "design/define.js", "@pergola/client",
			"client/index.js", "@pergola/client/agents.js", "client/agents/index.js", "@pergola/client/lit.js",
			"client/agents/lit.js", "@pergola/client/hook.js", "client/agents/hook.js", "@pergola/shell",
			"shell/index.js");

	/**
	 * The file behind an import name of the portal.
	 * @param assets the portal's own files
	 * @param name import name, for example {@code lit}
	 * @return the file, empty when the portal does not have it
	 */
	public static Optional<Asset> file(Assets assets, String name) {
		String own = OWN.get(name);
		return assets.find((own != null) ? own : "lib/" + (name.contains("/") ? name : name + ".js"));
	}

	static ImportMap of(Assets assets, CatalogDocument catalog) {
		Map<String, String> imports = new TreeMap<>();
		Map<String, String> integrity = new TreeMap<>();
		for (Asset asset : assets.all()) {
			if (asset.path().endsWith(".js")) {
				integrity.put(assets.url(asset.path()), asset.integrity());
				if (asset.path().startsWith("lib/")) {
					String name = asset.path().substring("lib/".length());
					imports.put(name.contains("/") ? name : name.substring(0, name.length() - 3),
							assets.url(asset.path()));
				}
			}
		}
		OWN.forEach((name, path) -> assets.find(path).ifPresent((asset) -> imports.put(name, assets.url(path))));
		for (CatalogDocument.Module module : catalog.modules()) {
			String url = module.entry().url();
			if (module.enabled() && url != null && !module.entry().format().equals(EntryFormat.IFRAME.text())) {
				imports.put("@pergola/module/" + module.module(), url);
				integrity.putAll(module.integrity());
			}
		}
		return new ImportMap(imports, integrity);
	}

}
