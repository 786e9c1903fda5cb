package dev.pergola.shell.person;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.util.MultiValueMap;

/**
 * How a person wants the portal to look. Kept in cookies, so that the first byte is
 * already right.
 *
 * @param theme {@code light}, {@code dark} or {@code contrast}, {@code null} to follow
 * the system
 * @param density {@code compact}, or {@code null} for the usual one
 */
public record Appearance(@Nullable String theme, @Nullable String density) {

	/** Cookie that holds the theme. */
	public static final String THEME_COOKIE = "pergola-theme";

	/** Cookie that holds the density. */
	public static final String DENSITY_COOKIE = "pergola-density";

	/** Themes to choose from, besides following the system. */
	public static final List<String> THEMES = List.of("light", "dark", "contrast");

	public Appearance {
		theme = (theme != null && THEMES.contains(theme)) ? theme : null;
		density = "compact".equals(density) ? density : null;
	}

	/**
	 * Reads the cookies of a request.
	 * @param cookies all of them
	 * @return the appearance; unknown values count as none
	 */
	public static Appearance of(MultiValueMap<String, HttpCookie> cookies) {
		return new Appearance(value(cookies.getFirst(THEME_COOKIE)), value(cookies.getFirst(DENSITY_COOKIE)));
	}

	private static @Nullable String value(@Nullable HttpCookie cookie) {
		return (cookie != null) ? cookie.getValue() : null;
	}

}
