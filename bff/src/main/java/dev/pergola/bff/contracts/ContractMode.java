package dev.pergola.bff.contracts;

/** What becomes of calls that are not as a service's description says. */
public enum ContractMode {

	/** They are refused. */
	ENFORCE,
	/** They are counted. */
	OBSERVE,
	/** Nobody looks. */
	OFF

}
