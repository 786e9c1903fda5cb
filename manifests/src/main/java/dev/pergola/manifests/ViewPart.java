package dev.pergola.manifests;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One part of a view.
 *
 * @param module module whose upstream is asked, {@code null} for the manifest's own
 * @param get path and query on that upstream; {@code {id}} is a parameter of the view's
 * path, {@code {partnership.ownerId}} a field of another part's answer
 * @param optional whether the view is answered without this part when it fails
 * @param timeout longest time for this part, {@code null} for the portal's default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ViewPart(@Nullable String module, String get, boolean optional,
		@JsonSerialize(using = DurationText.Writer.class) @JsonDeserialize(
				using = DurationText.Reader.class) @Nullable Duration timeout) {

	/**
	 * What is put into {@link #get()}, in order.
	 * @return empty when the path is the same for every call
	 */
	public List<PartReference> references() {
		return PartReference.in(this.get);
	}

}
