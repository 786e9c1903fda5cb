package dev.pergola.shell.layout;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The policy of one response. Scripts run by nonce only, and what they load by
 * {@code strict-dynamic}; no inline handler, no {@code eval}, no foreign origin.
 *
 * @param nonce 24 characters of base64url, never used twice
 */
public record ContentSecurityPolicy(String nonce) {

	private static final SecureRandom RANDOM = new SecureRandom();

	/*
	 * 'pergola' is the fragment loader's Trusted Types policy, 'lit-html' and 'dompurify'
	 * those of the libraries; a module may bring its own copy of either, hence
	 * duplicates. Adopted style sheets need no permission; <link> is 'self'.
	 */
	private static final String TEMPLATE = "default-src 'self'; script-src 'nonce-%1$s' 'strict-dynamic'; object-src 'none'; "
			+ "base-uri 'none'; frame-ancestors 'none'; frame-src 'self'; connect-src 'self'; "
			+ "img-src 'self' data:; font-src 'self'; style-src 'self' 'nonce-%1$s'; "
			+ "require-trusted-types-for 'script'; " + "trusted-types pergola lit-html dompurify 'allow-duplicates'";

	/**
	 * A policy with a nonce of its own.
	 * @return the policy
	 */
	public static ContentSecurityPolicy fresh() {
		byte[] bytes = new byte[18];
		RANDOM.nextBytes(bytes);
		return new ContentSecurityPolicy(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/**
	 * Value of the header {@code Content-Security-Policy}.
	 * @return the value
	 */
	public String header() {
		return TEMPLATE.formatted(this.nonce);
	}

}
