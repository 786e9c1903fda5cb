package dev.pergola.session.store;

/**
 * Renews access tokens ahead of need.
 */
@FunctionalInterface
public interface Renewal {

	/**
	 * Renews the access token of a session in the background, once however often this is
	 * called. Returns at once; a failure is for later calls to notice.
	 * @param sessionId id of a session whose token is due
	 */
	void renew(String sessionId);

}
