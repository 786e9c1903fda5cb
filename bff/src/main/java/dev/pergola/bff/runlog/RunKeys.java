package dev.pergola.bff.runlog;

/**
 * Names of what is in Redis. None has a person's name in it.
 *
 * @param prefix start of all
 */
record RunKeys(String prefix) {

	String record(String digest) {
		return this.prefix + digest;
	}

	String events(String digest) {
		return this.prefix + digest + ":events";
	}

	/** One person's runs, by their start. */
	String of(RunName name) {
		return this.prefix + "of:" + name.ownerDigest();
	}

	/** One person's threads that wait. */
	String threads(RunName name) {
		return this.prefix + "threads:" + name.ownerDigest();
	}

	/** Runs that are not over, by their node. */
	String going() {
		return this.prefix + "going";
	}

	/** There as long as the node is. */
	String node(String node) {
		return this.prefix + "node:" + node;
	}

	String inboxes() {
		return this.prefix + "inbox:";
	}

	String inbox(String node) {
		return inboxes() + node;
	}

}
