package dev.pergola.session.login;

import java.util.Set;

import dev.pergola.session.problem.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Requests to the provider: authorization code with PKCE, state and nonce. Query
 * parameters of {@code /oauth2/authorization/{id}}: {@code returnUrl}, a local address;
 * {@code prompt}, one of {@code login} and {@code select_account}.
 */
public class LoginRequests implements ServerOAuth2AuthorizationRequestResolver {

	private static final Set<String> PROMPTS = Set.of("login", "select_account");

	private final DefaultServerOAuth2AuthorizationRequestResolver standard;

	/**
	 * Creates the resolver.
	 * @param registrations client registrations
	 */
	public LoginRequests(ReactiveClientRegistrationRepository registrations) {
		this.standard = new DefaultServerOAuth2AuthorizationRequestResolver(registrations);
		this.standard.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange) {
		return this.standard.resolve(exchange).map((request) -> complete(request, exchange.getRequest()));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> resolve(ServerWebExchange exchange, String registrationId) {
		return this.standard.resolve(exchange, registrationId)
			.map((request) -> complete(request, exchange.getRequest()));
	}

	/**
	 * What is wrong with the query parameters of a sign-in.
	 * @param request request to {@code /oauth2/authorization/{id}}
	 * @return the problem, or {@code null}
	 */
	static @Nullable Problem check(ServerHttpRequest request) {
		String prompt = request.getQueryParams().getFirst("prompt");
		if (prompt != null && !PROMPTS.contains(prompt)) {
			return new Problem("prompt", HttpStatus.BAD_REQUEST, "Unknown prompt",
					"The parameter prompt is one of login and select_account.");
		}
		String returnUrl = request.getQueryParams().getFirst("returnUrl");
		if (returnUrl != null && !ReturnUrl.isLocal(returnUrl)) {
			return new Problem("return-url", HttpStatus.BAD_REQUEST, "Not a local address",
					"The parameter returnUrl is a path of the portal, such as /deals.");
		}
		return null;
	}

	private static OAuth2AuthorizationRequest complete(OAuth2AuthorizationRequest request, ServerHttpRequest from) {
		OAuth2AuthorizationRequest.Builder builder = OAuth2AuthorizationRequest.from(request);
		String returnUrl = from.getQueryParams().getFirst("returnUrl");
		if (returnUrl != null) {
			builder.attributes((attributes) -> attributes.putAll(ReturnUrl.orHome(returnUrl).asAttribute()));
		}
		String prompt = from.getQueryParams().getFirst("prompt");
		if (prompt != null && PROMPTS.contains(prompt)) {
			builder.additionalParameters((parameters) -> parameters.put("prompt", prompt));
		}
		return builder.build();
	}

}
