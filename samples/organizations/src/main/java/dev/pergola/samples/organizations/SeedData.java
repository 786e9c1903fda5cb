package dev.pergola.samples.organizations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a new database holds.
 */
final class SeedData {

	private static final String FILE = "/samples/organizations/organizations.json";

	private SeedData() {
	}

	static List<Organization> read() {
		try (InputStream json = Objects.requireNonNull(SeedData.class.getResourceAsStream(FILE), FILE)) {
			List<Organization> organizations = new ArrayList<>();
			for (JsonNode item : new JsonMapper().readTree(json).get("items")) {
				organizations.add(new Organization(item.get("id").asString(), item.get("name").asString(),
						item.get("industry").asString(), item.get("region").asString(), item.get("city").asString(),
						item.get("country").asString(), item.get("employees").asInt(), item.get("website").asString(),
						item.get("email").asString(), item.get("status").asString(), item.get("about").asString(), 1));
			}
			return organizations;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
