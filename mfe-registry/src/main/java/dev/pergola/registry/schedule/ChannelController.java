package dev.pergola.registry.schedule;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.schedule.Plans.Change;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
public class ChannelController {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

	private final Plans plans;

	public ChannelController(Plans plans) {
		this.plans = plans;
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/channels/{channel}}: the channel as it is
	 * afterwards, with the plan when there is one; 202 when it starts later.
	 * {@code If-Match} is the {@code ETag} of the module and may be left out.
	 */
	@PutMapping("/registry/v1/modules/{module}/channels/{channel}")
	ResponseEntity<Answer> change(Caller caller, @PathVariable String module, @PathVariable String channel,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		if (!NAME.matcher(channel).matches()) {
			throw new InvalidRequestException("channel: %s (expected: %s)".formatted(channel, NAME), "",
					"name of the channel must match " + NAME);
		}
		ChannelRequest request = JsonBody.read(body, ChannelRequest.class);
		Change change = this.plans.change(caller, module, channel, request, ifMatch);
		Plan plan = change.plan();
		boolean isLater = plan != null && plan.state() == PlanState.PLANNED;
		return ResponseEntity.status(isLater ? HttpStatus.ACCEPTED : HttpStatus.OK)
			.eTag(IfMatch.tag(change.revision()))
			.body(new Answer(change.channel().rollout(), change.channel().overrides(),
					(plan != null) ? PlanView.of(plan) : null));
	}

	/**
	 * A channel now.
	 *
	 * @param rollout each version once
	 * @param plan what is to become of it, {@code null} when nothing was planned
	 */
	record Answer(List<RolloutShare> rollout, List<RolloutOverride> overrides,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PlanView plan) {

	}

}
