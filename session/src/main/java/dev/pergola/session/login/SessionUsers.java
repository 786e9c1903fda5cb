package dev.pergola.session.login;

import dev.pergola.session.ClaimNames;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Reads people from the id token alone; the user info endpoint is not asked.
 */
public class SessionUsers implements ReactiveOAuth2UserService<OidcUserRequest, OidcUser> {

	private final ClaimNames claims;

	/**
	 * Creates the service.
	 * @param claims names of the claims
	 */
	public SessionUsers(ClaimNames claims) {
		this.claims = claims;
	}

	@Override
	public Mono<OidcUser> loadUser(OidcUserRequest request) {
		return Mono.fromSupplier(() -> user(request.getIdToken()));
	}

	/**
	 * The person an id token tells of.
	 * @param idToken id token that was checked
	 * @return the person
	 */
	public OidcUser user(OidcIdToken idToken) {
		return new SessionUser(this.claims.principal(idToken.getClaims()), idToken);
	}

}
