package dev.pergola.registry.rollout;

import java.util.regex.Pattern;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.rollout.Channel.ChannelState;
import dev.pergola.registry.rollout.Rollouts.ChannelChange;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rolls versions out and back.
 */
@RestController
public class RolloutController {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

	private final Rollouts rollouts;

	public RolloutController(Rollouts rollouts) {
		this.rollouts = rollouts;
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/channels/{channel}}: the shares as they
	 * are afterwards. {@code If-Match} is the {@code ETag} of the module and may be left
	 * out.
	 */
	@PutMapping("/registry/v1/modules/{module}/channels/{channel}")
	ResponseEntity<ChannelState> change(Caller caller, @PathVariable String module, @PathVariable String channel,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		if (!NAME.matcher(channel).matches()) {
			throw new InvalidRequestException("channel: %s (expected: %s)".formatted(channel, NAME), "",
					"name of the channel must match " + NAME);
		}
		RolloutRequest request = JsonBody.read(body, RolloutRequest.class);
		ChannelChange change = this.rollouts.change(caller, module, channel, request, ifMatch);
		return ResponseEntity.ok().eTag(IfMatch.tag(change.revision())).body(change.channel().state());
	}

}
