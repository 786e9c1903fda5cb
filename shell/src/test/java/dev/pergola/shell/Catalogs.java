package dev.pergola.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Catalogs of tests. */
public final class Catalogs {

	public static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private static final AtomicLong REVISIONS = new AtomicLong();

	private static final String HASH = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC";

	private Catalogs() {
	}

	public static Manifest partnerships(String version) {
		return manifest("""
				{ "schema": 1, "module": "partnerships", "version": "%s",
				  "team": { "name": "partnerships", "contact": "partnerships@example.com" },
				  "entry": { "format": "esm", "file": "partnerships.js", "styles": ["partnerships.css"] },
				  "files": { "partnerships.js": "%s", "partnerships.css": "%s" },
				  "shared": { "lit": "^3.3" },
				  "pages": [
				    { "id": "list", "path": "/partnerships", "title": { "en": "Partnerships", "de": "Partnerschaften" },
				      "element": "partnerships-list", "requires": ["partnerships:read"] },
				    { "id": "new", "path": "/partnerships/new", "title": { "en": "New partnership" },
				      "element": "partnerships-new", "requires": ["partnerships:write"] },
				    { "id": "detail", "path": "/partnerships/{id}", "title": { "en": "Partnership" },
				      "element": "partnerships-detail" } ],
				  "navigation": [
				    { "id": "partnerships", "page": "list", "icon": "handshake", "group": "ecosystem", "order": 20 },
				    { "id": "new-partnership", "page": "new", "group": "ecosystem", "order": 30 } ],
				  "slots": [ { "slot": "home.cards", "element": "partnerships-card", "order": 10 } ],
				  "agents": [ { "id": "co-sell", "title": { "en": "Co-sell scout" }, "runner": "co-sell",
				    "requires": ["partnerships:agent"] } ],
				  "events": { "publishes": [ { "type": "partnership.updated.v1", "schema": "e.json" } ],
				    "subscribes": ["deal.won.v1"] } }""".formatted(version, HASH, HASH));
	}

	public static Manifest organizations() {
		return manifest("""
				{ "schema": 1, "module": "organizations", "version": "1.0.0",
				  "team": { "name": "organizations" }, "entry": { "format": "fragment" },
				  "upstream": { "url": "http://localhost:8104" },
				  "pages": [
				    { "id": "list", "path": "/organizations", "title": { "en": "Organizations" },
				      "fragment": "/fragments/organizations" },
				    { "id": "detail", "path": "/organizations/{id}", "title": { "en": "Organization" },
				      "fragment": "/fragments/organizations/{id}" } ],
				  "navigation": [ { "id": "organizations", "page": "list", "icon": "building", "group": "ecosystem",
				    "order": 10 } ] }""");
	}

	public static Manifest legacy() {
		return manifest("""
				{ "schema": 1, "module": "legacy", "version": "1.0.0", "team": { "name": "legacy" },
				  "entry": { "format": "iframe", "file": "index.html" }, "files": { "index.html": "%s" },
				  "pages": [ { "id": "reports", "path": "/reports", "title": { "en": "Reports" } } ],
				  "navigation": [ { "id": "reports", "page": "reports" } ] }""".formatted(HASH));
	}

	public static Manifest manifest(String json) {
		return JSON.readValue(json, Manifest.class);
	}

	public static CatalogModule on(Manifest manifest) {
		return module(manifest, null);
	}

	public static CatalogModule off(Manifest manifest, String reason) {
		return module(manifest, reason);
	}

	private static CatalogModule module(Manifest manifest, @Nullable String reason) {
		return new CatalogModule(manifest.module(), manifest.team().name(), reason == null, reason, null,
				List.of(RolloutShare.of(manifest.version(), 100)), List.of(), Map.of(),
				Map.of(manifest.version(), manifest));
	}

	public static CatalogModule withGroup(Manifest stable, String group, Manifest theirs) {
		return new CatalogModule(stable.module(), stable.team().name(), true, null, null,
				List.of(RolloutShare.of(stable.version(), 100)),
				List.of(RolloutOverride.toVersion(RuleKind.GROUP, group, theirs.version())), Map.of(),
				Map.of(stable.version(), stable, theirs.version(), theirs));
	}

	public static Catalog of(CatalogModule... modules) {
		return of("{\"groups\":[{\"id\":\"ecosystem\",\"title\":{\"en\":\"Ecosystem\"},\"order\":10}]}", modules);
	}

	/* Each is of a revision of its own, as of a registry. */
	public static Catalog of(String navigation, CatalogModule... modules) {
		return new Catalog(REVISIONS.incrementAndGet(), Instant.parse("2026-11-22T18:00:00Z"), List.of(modules),
				JSON.readValue(navigation, Navigation.class));
	}

	public static Catalog usual() {
		return of(on(partnerships("1.0.0")), on(organizations()), on(legacy()));
	}

}
