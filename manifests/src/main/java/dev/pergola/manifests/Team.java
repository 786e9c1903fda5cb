package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a module.
 *
 * @param name name of the team, {@code [a-z][a-z0-9-]{0,47}}
 * @param contact address a person can write to, {@code null} when not said
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Team(String name, @Nullable String contact) {

}
