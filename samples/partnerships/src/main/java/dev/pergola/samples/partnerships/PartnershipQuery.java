package dev.pergola.samples.partnerships;

/**
 * What a list is asked for; an empty text asks for nothing.
 *
 * @param q words in name, industries, regions or next step
 */
record PartnershipQuery(String q, String status, String owner, String organization) {

}
