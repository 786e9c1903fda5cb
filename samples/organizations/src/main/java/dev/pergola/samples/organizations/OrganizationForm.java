package dev.pergola.samples.organizations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person typed about an organization, and what is wrong with it.
 *
 * @param errors name of a field → name of the sentence that says what is wrong
 */
record OrganizationForm(String name, String status, String city, String employees, String email, String about,
		String revision, Map<String, String> errors) {

	private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");

	private static final Pattern EMPLOYEES = Pattern.compile("[0-9]{1,7}");

	OrganizationForm {
		errors = Map.copyOf(errors);
	}

	static OrganizationForm of(Organization one) {
		return new OrganizationForm(one.name(), one.status(), one.city(), String.valueOf(one.employees()), one.email(),
				one.about(), String.valueOf(one.revision()), Map.of());
	}

	static OrganizationForm of(Map<String, String> values) {
		String name = values.getOrDefault("name", "").strip();
		String status = values.getOrDefault("status", "");
		String city = values.getOrDefault("city", "").strip();
		String employees = values.getOrDefault("employees", "").strip();
		String email = values.getOrDefault("email", "").strip();
		String about = values.getOrDefault("about", "").strip();
		Map<String, String> errors = new LinkedHashMap<>();
		check(errors, "name", !name.isEmpty() && name.length() <= 120);
		check(errors, "status", Organization.STATUSES.contains(status));
		check(errors, "city", !city.isEmpty() && city.length() <= 80);
		check(errors, "employees", EMPLOYEES.matcher(employees).matches());
		check(errors, "email", EMAIL.matcher(email).matches());
		check(errors, "about", about.length() <= 1000);
		return new OrganizationForm(name, status, city, employees, email, about, values.getOrDefault("revision", ""),
				errors);
	}

	/**
	 * The organization as the person wants it.
	 * @param current organization as it is
	 * @return empty while something is wrong
	 */
	Optional<Organization> applyTo(Organization current) {
		if (!this.errors.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new Organization(current.id(), this.name, current.industry(), current.region(), this.city,
				current.country(), Integer.parseInt(this.employees), current.website(), this.email, this.status,
				this.about, current.revision() + 1));
	}

	/** The same on the latest revision, so that saving again overwrites it. */
	OrganizationForm onRevision(long latest) {
		return new OrganizationForm(this.name, this.status, this.city, this.employees, this.email, this.about,
				String.valueOf(latest), this.errors);
	}

	private static void check(Map<String, String> errors, String field, boolean valid) {
		if (!valid) {
			errors.put(field, "error." + field);
		}
	}

}
