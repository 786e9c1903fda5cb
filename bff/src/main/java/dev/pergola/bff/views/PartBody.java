package dev.pergola.bff.views;

/**
 * Answer of an upstream to one call.
 *
 * @param json as the upstream sent it, neither parsed nor checked
 * @param keepable whether the upstream lets it be kept for a while
 */
record PartBody(byte[] json, boolean keepable) {

}
