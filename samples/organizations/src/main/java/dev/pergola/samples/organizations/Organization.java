package dev.pergola.samples.organizations;

import java.util.List;

/**
 * A company or public body.
 *
 * @param id its name in lower case with hyphens
 * @param status one of {@link #STATUSES}
 * @param revision grows by one with every change, 1 at first
 */
record Organization(String id, String name, String industry, String region, String city, String country, int employees,
		String website, String email, String status, String about, long revision) {

	static final List<String> STATUSES = List.of("prospect", "partner", "customer");

}
