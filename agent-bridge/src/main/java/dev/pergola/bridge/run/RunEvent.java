package dev.pergola.bridge.run;

/**
 * One AG-UI event of a run, as it goes over the wire.
 *
 * @param id Its place in the run.
 * @param data The event as one line of JSON.
 */
public record RunEvent(EventId id, String data) {

}
