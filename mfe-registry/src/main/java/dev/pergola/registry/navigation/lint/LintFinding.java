package dev.pergola.registry.navigation.lint;

/**
 * Something about a navigation that an administrator should look at.
 *
 * @param rule name of the rule, such as {@code dead-route}
 * @param pointer JSON pointer into the overlay; the list when the overlay says nothing of
 * it
 * @param subject {@code module/id}, {@code /id} of a link, {@code group:id}, or empty for
 * the whole
 * @param message a plain sentence
 */
public record LintFinding(String rule, Severity severity, String pointer, String subject, String message) {

}
