package dev.pergola.manifests.catalog;

/**
 * A module of a catalog that could not be read.
 *
 * @param module its name, {@code ?} when even that is missing
 * @param reason one line
 */
public record RefusedModule(String module, String reason) {

}
