package dev.pergola.manifests;

import java.net.URI;
import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The module's own service.
 *
 * @param url {@code http} or {@code https}, with host, without user information, query or
 * fragment
 * @param timeout longest time until the first byte of an answer, {@code null} for the
 * portal's default
 * @param openapi path inside the bundle of the service's description, {@code null} for
 * none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Upstream(URI url,
		@JsonSerialize(using = DurationText.Writer.class) @JsonDeserialize(
				using = DurationText.Reader.class) @Nullable Duration timeout,
		@Nullable String openapi, @Nullable RateLimit rateLimit) {

}
