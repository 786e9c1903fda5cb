package dev.pergola.registry.navigation;

/**
 * A draft is based on an overlay that is no longer the live one.
 */
public class NavigationConflictException extends RuntimeException {

	private final transient MergeView view;

	NavigationConflictException(MergeView view) {
		super("the navigation was published in between, by revision %d".formatted(view.live()));
		this.view = view;
	}

	public MergeView view() {
		return this.view;
	}

}
