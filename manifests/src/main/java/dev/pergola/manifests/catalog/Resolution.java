package dev.pergola.manifests.catalog;

/**
 * Version somebody gets, and why.
 *
 * @param reason a plain sentence, such as {@code group beta is given 1.1.0}
 */
public record Resolution(String subject, String version, String reason) {

}
