package dev.pergola.session.store;

import java.util.Locale;

import dev.pergola.session.SessionProperties;

import org.springframework.http.CacheControl;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.CookieWebSessionIdResolver;

/**
 * The session cookie. It ends with the browser; the store knows when the session does.
 */
public class SessionCookie extends CookieWebSessionIdResolver {

	/**
	 * Creates the cookie.
	 * @param cookie name and attributes
	 */
	public SessionCookie(SessionProperties.Cookie cookie) {
		setCookieName(cookie.name());
		addCookieInitializer((builder) -> builder.path("/")
			.secure(cookie.secure())
			.httpOnly(true)
			.sameSite(StringUtils.capitalize(cookie.sameSite().name().toLowerCase(Locale.ROOT))));
	}

	@Override
	public void setSessionId(ServerWebExchange exchange, String id) {
		super.setSessionId(exchange, id);
		exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
	}

	@Override
	public void expireSession(ServerWebExchange exchange) {
		super.expireSession(exchange);
		exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
	}

}
