package dev.pergola.bff.contracts;

import java.time.Duration;
import java.util.Map;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of contracts.
 *
 * @param mode What becomes of calls to modules that are not named.
 * @param modules What becomes of calls to these modules.
 * @param maxBody Size up to which a body of JSON is looked at.
 * @param maxDescription Size of a description.
 * @param responses Share of answers that are looked at, 0 to 1.
 * @param maxWait Time a call waits for a description that is not there yet.
 * @param maxWaiting Number of bodies that wait to be looked at.
 */
@Validated
@ConfigurationProperties("pergola.bff.contracts")
public record ContractProperties(@DefaultValue("off") ContractMode mode,
		@DefaultValue Map<String, ContractMode> modules, @DefaultValue("256KB") DataSize maxBody,
		@DefaultValue("2MB") DataSize maxDescription,
		@DefaultValue("0.05") @PositiveOrZero @DecimalMax("1") double responses, @DefaultValue("2s") Duration maxWait,
		@DefaultValue("1000") @PositiveOrZero int maxWaiting) {

	public ContractProperties {
		modules = Map.copyOf(modules);
	}

	/** What becomes of calls to a module. */
	public ContractMode of(String module) {
		return this.modules.getOrDefault(module, this.mode);
	}

	int maxBodyBytes() {
		return Math.toIntExact(this.maxBody.toBytes());
	}

}
