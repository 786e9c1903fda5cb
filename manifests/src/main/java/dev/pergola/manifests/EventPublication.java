package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A type of event a module sends.
 *
 * @param type {@code noun.verb.v1}
 * @param schema path inside the bundle of a JSON Schema of the payload, {@code null} for
 * none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventPublication(String type, @Nullable String schema) {

}
