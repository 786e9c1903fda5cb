package dev.pergola.manifests.catalog;

/** Version that a named group gets, whatever the shares say. */
public record GroupOverride(String group, String version) {

}
