package dev.pergola.registry.schedule;

import java.util.List;

import dev.pergola.registry.caller.Caller;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows and cancels planned changes.
 */
@RestController
public class PlanController {

	private final Plans plans;

	public PlanController(Plans plans) {
		this.plans = plans;
	}

	/**
	 * {@code GET /registry/v1/modules/{module}/plans}: first those that are not over, by
	 * their start, then the last that are.
	 */
	@GetMapping("/registry/v1/modules/{module}/plans")
	List<PlanView> plans(@PathVariable String module) {
		return this.plans.of(module).stream().map(PlanView::of).toList();
	}

	/**
	 * {@code DELETE /registry/v1/modules/{module}/plans/{id}}: it does not start, or,
	 * when it has started, it stays. 409 when it is over.
	 */
	@DeleteMapping("/registry/v1/modules/{module}/plans/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(Caller caller, @PathVariable String module, @PathVariable String id) {
		this.plans.cancel(caller, module, id);
	}

}
