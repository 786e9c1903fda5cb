package dev.pergola.manifests;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much of the upstream the portal lets through.
 *
 * @param perUser for each person, {@code null} for the portal's default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateLimit(@Nullable Rate perUser) {

}
