package dev.pergola.bff.agents;

/** Names a run: whose it is, and what they called it. */
record RunKey(String person, String runId) {

}
