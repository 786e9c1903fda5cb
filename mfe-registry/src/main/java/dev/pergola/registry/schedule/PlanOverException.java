package dev.pergola.registry.schedule;

/**
 * A plan that is over cannot be cancelled.
 */
public class PlanOverException extends RuntimeException {

	PlanOverException(Plan plan) {
		super("plan %s is %s and cannot be cancelled".formatted(plan.id(), plan.state().text()));
	}

}
