package dev.pergola.manifests.catalog;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The catalog as JSON: the one place that knows how. Unknown fields are passed over, so
 * that an older reader understands a newer registry.
 */
public final class CatalogJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private CatalogJson() {
	}

	/**
	 * Writes a catalog.
	 * @return UTF-8, one line
	 */
	public static byte[] write(Catalog catalog) {
		return MAPPER.writeValueAsBytes(catalog);
	}

	/**
	 * Writes a module as it stands in a catalog, so that it need not be written again
	 * while it stays the same.
	 * @return UTF-8, one line
	 */
	public static byte[] write(CatalogModule module) {
		return MAPPER.writeValueAsBytes(module);
	}

	/**
	 * Writes a change.
	 * @return UTF-8, one line
	 */
	public static byte[] write(CatalogChange change) {
		return MAPPER.writeValueAsBytes(change);
	}

	/**
	 * Reads a catalog. A module that cannot be read is refused alone.
	 * @param json UTF-8
	 * @return the catalog and what was refused; {@link InvalidCatalogException} when the
	 * whole cannot be read
	 */
	public static CatalogReading read(byte[] json) {
		try {
			ObjectNode root = root(json);
			List<CatalogModule> modules = new ArrayList<>();
			List<RefusedModule> refused = takeModules(root, modules);
			Catalog frame = MAPPER.treeToValue(root, Catalog.class);
			return new CatalogReading(new Catalog(frame.revision(), frame.at(), modules, frame.navigation()), refused);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new InvalidCatalogException("not a catalog: " + firstLine(ex), ex);
		}
	}

	/**
	 * Reads a change. A module that cannot be read is refused alone.
	 * @param json UTF-8
	 * @return the change and what was refused; {@link InvalidCatalogException} when the
	 * whole cannot be read
	 */
	public static CatalogChangeReading readChange(byte[] json) {
		try {
			ObjectNode root = root(json);
			List<CatalogModule> modules = new ArrayList<>();
			List<RefusedModule> refused = takeModules(root, modules);
			CatalogChange frame = MAPPER.treeToValue(root, CatalogChange.class);
			return new CatalogChangeReading(new CatalogChange(frame.from(), frame.revision(), frame.at(), modules,
					frame.removed(), frame.navigation()), refused);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new InvalidCatalogException("not a change: " + firstLine(ex), ex);
		}
	}

	private static ObjectNode root(byte[] json) {
		if (!(MAPPER.readTree(json) instanceof ObjectNode root) || !root.path("revision").isIntegralNumber()) {
			throw new InvalidCatalogException("not a catalog: no object with a revision", null);
		}
		return root;
	}

	private static List<RefusedModule> takeModules(ObjectNode root, List<CatalogModule> modules) {
		List<RefusedModule> refused = new ArrayList<>();
		for (JsonNode module : root.path("modules")) {
			read(module, modules, refused);
		}
		root.remove("modules");
		return refused;
	}

	private static void read(JsonNode module, List<CatalogModule> modules, List<RefusedModule> refused) {
		try {
			modules.add(MAPPER.treeToValue(module, CatalogModule.class));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			refused.add(new RefusedModule(module.path("module").asString("?"), firstLine(ex)));
		}
	}

	private static String firstLine(Exception ex) {
		String message = (ex instanceof JacksonException json) ? json.getOriginalMessage() : ex.getMessage();
		return (message != null) ? message.lines().findFirst().orElse("") : ex.getClass().getSimpleName();
	}

}
