package dev.pergola.bff.views;

import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.Trace;

/**
 * What every part of one request is asked with.
 *
 * @param party whose calls these are
 * @param module whose view it is: the request is counted for it already
 * @param language {@code Accept-Language} of the person, empty for none
 */
record ViewRequest(String accessToken, Party party, String module, Trace trace, String language) {

}
