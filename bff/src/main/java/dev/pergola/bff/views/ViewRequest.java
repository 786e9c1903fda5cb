package dev.pergola.bff.views;

import dev.pergola.bff.problem.Trace;

/**
 * What every part of one request is asked with.
 *
 * @param language {@code Accept-Language} of the person, empty for none
 */
record ViewRequest(String accessToken, Trace trace, String language) {

}
